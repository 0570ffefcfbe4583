import { Service, inject } from '@angular/core';
import { TERMINAL } from '../../../../domain/life-cycle';
import type { Party } from '../../../../domain/life-cycle';
import { ServerClock } from '../time/server-clock';
import { ApiError } from './api-error';
import { GraphClient } from './graph-client';
import type { HourBankGraph } from './graph-client';
import { everyPage, firstFilledPage } from './page';
import type { Page } from './page';
import type { RequestRow } from './request-row';
import { REQUEST_FIELDS, toChanged, toRequest, toStep } from './request-row';
import type { CommandRow } from './request-row';
import type { Changed, CounterOffer, ServiceRequest, Standing, Submission } from './service-request';
import { shownTerms } from './shown-terms';

const PAGE_SIZE = 20;
/** DynamoDB reads this many rows before it leaves out those of the other kind. */
const SCAN_SIZE = 100;

const ENDED = { or: TERMINAL.map((status) => ({ status: { eq: status } })) };
const OPEN = { and: TERMINAL.map((status) => ({ status: { ne: status } })) };

/** Reads requests and gives the commands that move them. */
@Service()
export class RequestClient {
  readonly #graph = inject(GraphClient);
  readonly #clock = inject(ServerClock);

  /** Every request of a member that still runs, newest first. @throws ApiError */
  async open(party: Party, memberId: string): Promise<readonly ServiceRequest[]> {
    const rows = await everyPage((next) => this.#rows(party, memberId, OPEN, SCAN_SIZE, next));
    return rows.map(toRequest);
  }

  /** A member's requests that have ended, newest first. @throws ApiError */
  async ended(party: Party, memberId: string, next?: string): Promise<Page<ServiceRequest>> {
    const page = await firstFilledPage((from) => this.#rows(party, memberId, ENDED, PAGE_SIZE, from), next);
    return { ...page, items: page.items.map(toRequest) };
  }

  /** @throws ApiError NOT_FOUND for what is not there or not the caller's */
  async get(id: string): Promise<ServiceRequest> {
    return toRequest(
      await this.#graph.runFor<RequestRow | null>((client) =>
        client.models.ServiceRequest.get({ id }, { selectionSet: REQUEST_FIELDS }),
      ),
    );
  }

  /** What was done, who must act and until when. @throws ApiError */
  async standing(requestId: string): Promise<Standing> {
    const status = await this.#graph.runFor((client) => client.queries.getWorkflowStatus({ requestId }));
    this.#clock.learn(status.now);
    return {
      revision: status.revision,
      waitingFor: status.waitingFor,
      waitingUntil: status.waitingUntil ?? undefined,
      steps: status.steps.map(toStep),
    };
  }

  /** @throws ApiError with the refusal's code */
  async submit({ message, ...submission }: Submission): Promise<Changed> {
    return await this.#command((client) =>
      client.mutations.submitServiceRequest({ ...submission, message: message === '' ? null : message }),
    );
  }

  /** Accepts the terms as shown. @throws ApiError */
  async accept(request: ServiceRequest, message: string): Promise<Changed> {
    return await this.#respond(request, 'ACCEPT', message);
  }

  /** @throws ApiError */
  async decline(request: ServiceRequest, message: string): Promise<Changed> {
    return await this.#respond(request, 'REJECT', message);
  }

  /** Makes other terms than the ones shown. @throws ApiError */
  async counterOffer(request: ServiceRequest, { hours, rate, message }: CounterOffer): Promise<Changed> {
    return await this.#respond(request, 'COUNTER_OFFER', message, { hours, rate });
  }

  /** The requester withdraws, or the provider cannot do it after all. @throws ApiError */
  async cancel(requestId: string, reason: string): Promise<Changed> {
    return await this.#command((client) => client.mutations.cancelServiceRequest({ requestId, reason }));
  }

  /** @throws ApiError */
  async markDelivered(requestId: string, note: string): Promise<Changed> {
    return await this.#command((client) => client.mutations.markServiceDelivered({ requestId, note }));
  }

  /** @throws ApiError */
  async requestChanges(requestId: string, note: string): Promise<Changed> {
    return await this.#command((client) => client.mutations.requestChanges({ requestId, note }));
  }

  /** @throws ApiError */
  async confirm(requestId: string, note: string): Promise<Changed> {
    return await this.#command((client) => client.mutations.confirmServiceCompletion({ requestId, note }));
  }

  async #respond(
    request: ServiceRequest,
    response: 'ACCEPT' | 'REJECT' | 'COUNTER_OFFER',
    message: string,
    { hours, rate }: Pick<CounterOffer, 'hours' | 'rate'> = shownTerms(request),
  ): Promise<Changed> {
    return await this.#command((client) =>
      client.mutations.respondToServiceRequest({
        requestId: request.id,
        response,
        round: request.negotiationRound,
        hours,
        rate,
        message,
      }),
    );
  }

  async #command(operation: (client: HourBankGraph) => Promise<CommandAnswer>): Promise<Changed> {
    const row = await this.#graph.run(operation);
    if (!row) throw new ApiError('UNEXPECTED', 'The command had no answer');
    this.#clock.learn(row.now);
    return toChanged(row);
  }

  async #rows(
    party: Party,
    memberId: string,
    filter: typeof ENDED | typeof OPEN,
    limit: number,
    next: string | undefined,
  ): Promise<Page<RequestRow>> {
    const options = {
      filter,
      limit,
      nextToken: next ?? null,
      selectionSet: REQUEST_FIELDS,
      sortDirection: 'DESC',
    } as const;
    return await this.#graph.page<RequestRow>((client) =>
      party === 'REQUESTER'
        ? client.models.ServiceRequest.requestsByRequester({ requesterId: memberId }, options)
        : client.models.ServiceRequest.requestsByProvider({ providerId: memberId }, options),
    );
  }
}

interface CommandAnswer {
  readonly data: CommandRow | null | undefined;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}
