import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { breachesOf } from '../../dev/books.ts';
import { confirmationCode, openHouse, outputsFor } from '../../dev/house.ts';
import type { House, HouseOptions } from '../../dev/house.ts';
import { makeAdmin } from '../../dev/make-admin.ts';
import { Member } from '../../dev/member.ts';
import {
  CREATE_OFFER,
  CONFIRM,
  DELIVER,
  GET_BALANCE,
  GET_DISPUTE,
  OPEN_DISPUTE,
  RESPOND,
  SUBMIT,
  WORKFLOW_STATUS,
} from './operations.ts';
import type { Balance, DisputeRow, DisputeState, RequestState, WorkflowStatus } from './operations.ts';

export const PASSWORD = 'Neighbours-1';

export interface Offer {
  readonly id: string;
  readonly rate: number;
}

/** Members of an embedded backend, who act through the real client. */
export class Neighbourhood {
  readonly gatewayUrl: string;
  private readonly house: House | undefined;

  private constructor(gatewayUrl: string, house?: House) {
    this.gatewayUrl = gatewayUrl;
    this.house = house;
  }

  /** On a backend of its own, which `close` ends. */
  static async open(options: Pick<HouseOptions, 'lambda'> = {}): Promise<Neighbourhood> {
    const house = await openHouse({ storage: 'temporary', ...options });
    return new Neighbourhood(house.gatewayUrl, house);
  }

  /** On a backend that runs elsewhere. */
  static at(gatewayUrl: string): Neighbourhood {
    return new Neighbourhood(gatewayUrl);
  }

  async close(): Promise<void> {
    await this.house?.stop();
  }

  /** A new member with the welcome bonus, 10 hours. */
  async join(name: string): Promise<Member> {
    const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@hourbank.test`;
    const member = await Member.signUp({ email, password: PASSWORD, name }, (address) =>
      confirmationCode(this.gatewayUrl, address),
    );
    await vi.waitFor(
      async () => {
        expect((await this.balance(member))?.availableBalance).toBe(10);
      },
      { timeout: 20_000, interval: 100 },
    );
    return member;
  }

  /** A new member who is an admin. */
  async joinAsAdmin(name: string): Promise<Member> {
    const { email } = await this.join(name);
    await makeAdmin(this.gatewayUrl, outputsFor(this.gatewayUrl).auth.user_pool_id, email);
    return Member.signIn(email, PASSWORD);
  }

  async balance(member: Member): Promise<Balance | null> {
    const { getUserBalance } = await member.run<{ getUserBalance: Balance | null }>(GET_BALANCE, {
      userId: member.id,
    });
    return getUserBalance;
  }

  async offer(provider: Member, overrides: Record<string, unknown> = {}): Promise<Offer> {
    const { createService } = await provider.run<{ createService: Offer }>(CREATE_OFFER, {
      input: {
        title: 'Help in the garden',
        description: 'Weeding, mowing, planting.',
        category: 'HOME_AND_GARDEN',
        rate: 1,
        place: 'IN_PERSON',
        active: true,
        ...overrides,
      },
    });
    return createService;
  }

  /** The variables of a submission that is in order. */
  submission(offer: Offer, overrides: Record<string, unknown> = {}) {
    return {
      requestId: randomUUID(),
      serviceId: offer.id,
      estimatedHours: 2,
      rate: offer.rate,
      message: 'Could you come on Saturday?',
      ...overrides,
    };
  }

  /** Submits a request and waits until the provider has been told. */
  async submit(requester: Member, offer: Offer, overrides: Record<string, unknown> = {}): Promise<string> {
    const submission = this.submission(offer, overrides);
    await requester.run<{ submitServiceRequest: RequestState }>(SUBMIT, submission);
    await this.until(requester, submission.requestId, 'AWAITING_RESPONSE');
    return submission.requestId;
  }

  /** A request that its provider works on. */
  async atWork(
    requester: Member,
    provider: Member,
    overrides: Record<string, unknown> = {},
  ): Promise<string> {
    const requestId = await this.submit(requester, await this.offer(provider), overrides);
    await this.accept(provider, requestId);
    return requestId;
  }

  async accept(provider: Member, requestId: string): Promise<void> {
    await provider.run(RESPOND, { requestId, response: 'ACCEPT' });
    await this.until(provider, requestId, 'IN_PROGRESS');
  }

  /** Makes a counter-offer, and waits until it is on the table. */
  async counter(
    member: Member,
    requestId: string,
    terms: { readonly round: number; readonly hours: number; readonly rate?: number },
  ): Promise<void> {
    await member.run(RESPOND, { requestId, response: 'COUNTER_OFFER', ...terms });
    await vi.waitFor(
      async () => {
        const { status, revision, pendingEvent, steps } = await this.status(member, requestId);
        const offered = steps.find((step) => step.revision === revision);
        expect({ status, pendingEvent, hours: offered?.hours }).toEqual({
          status: 'NEGOTIATING',
          pendingEvent: null,
          hours: terms.hours,
        });
      },
      { timeout: 30_000, interval: 50 },
    );
  }

  /** Opens a dispute, and waits until it can be decided. */
  async dispute(member: Member, requestId: string): Promise<string> {
    const { openDispute } = await member.run<{ openDispute: DisputeState }>(OPEN_DISPUTE, {
      requestId,
      reason: 'Not done as agreed',
      statement: 'Half of the hedge is still there.',
    });
    await this.until(member, requestId, 'DISPUTED');
    await this.untilDispute(member, openDispute.id, 'AWAITING_DECISION');
    return openDispute.id;
  }

  async disputeRow(member: Member, id: string): Promise<DisputeRow | null> {
    const { getDispute } = await member.run<{ getDispute: DisputeRow | null }>(GET_DISPUTE, { id });
    return getDispute;
  }

  async untilDispute(member: Member, id: string, status: string): Promise<void> {
    await vi.waitFor(
      async () => {
        expect((await this.disputeRow(member, id))?.status).toBe(status);
      },
      { timeout: 30_000, interval: 50 },
    );
  }

  async deliver(provider: Member, requestId: string): Promise<void> {
    await provider.run(DELIVER, { requestId });
    await this.until(provider, requestId, 'COMPLETED');
  }

  async confirm(requester: Member, requestId: string): Promise<void> {
    await requester.run(CONFIRM, { requestId });
    await this.until(requester, requestId, 'PAID');
  }

  async status(member: Member, requestId: string): Promise<WorkflowStatus> {
    const { getWorkflowStatus } = await member.run<{ getWorkflowStatus: WorkflowStatus }>(WORKFLOW_STATUS, {
      requestId,
    });
    return getWorkflowStatus;
  }

  /** Waits until the request has reached a status and nothing is pending. */
  async until(member: Member, requestId: string, status: string): Promise<WorkflowStatus> {
    return vi.waitFor(
      async () => {
        const now = await this.status(member, requestId);
        expect({ status: now.status, pending: now.pendingEvent }).toEqual({ status, pending: null });
        return now;
      },
      { timeout: 30_000, interval: 50 },
    );
  }

  /** Moves the embedded clock by an ISO 8601 duration. */
  async advance(duration: string): Promise<void> {
    const answer = await fetch(`${this.gatewayUrl}/_local/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance: duration }),
    });
    expect(answer.status).toBe(200);
  }

  /** Every rule of the ledger, for every account (design.md, section 3), once what moves them has come to rest. */
  async expectBooksToBalance(): Promise<void> {
    await vi.waitFor(
      async () => {
        expect(await breachesOf(this.gatewayUrl)).toEqual([]);
      },
      { timeout: 15_000, interval: 500 },
    );
  }
}

/** The code with which an operation was refused; undefined if it was not. */
export async function refusal(
  member: Member,
  operation: string,
  variables: Record<string, unknown>,
): Promise<string | undefined> {
  const { errors } = await member.graphql(operation, variables);
  return errors?.[0]?.errorType;
}
