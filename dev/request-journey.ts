import { deepStrictEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

import { createEscrow } from '../amplify/functions/create-escrow/create-escrow.ts';
import { notifyProvider } from '../amplify/functions/notify-provider/notify-provider.ts';
import {
  processEscrowCancellation,
  type Cancellation,
} from '../amplify/functions/process-escrow-cancellation/process-escrow-cancellation.ts';
import { processEscrowRelease } from '../amplify/functions/process-escrow-release/process-escrow-release.ts';
import {
  processProviderResponse,
  type ResponseStep,
} from '../amplify/functions/process-provider-response/process-provider-response.ts';
import { publishReviews } from '../amplify/functions/publish-reviews/publish-reviews.ts';
import { cancelServiceRequest } from '../amplify/functions/request-commands/cancel-service-request.ts';
import { confirmServiceCompletion } from '../amplify/functions/request-commands/confirm-service-completion.ts';
import { getMyReview } from '../amplify/functions/request-commands/get-my-review.ts';
import { leaveReview } from '../amplify/functions/request-commands/leave-review.ts';
import { markServiceDelivered } from '../amplify/functions/request-commands/mark-service-delivered.ts';
import { postMessage } from '../amplify/functions/request-commands/post-message.ts';
import { requestChanges } from '../amplify/functions/request-commands/request-changes.ts';
import { respondToServiceRequest } from '../amplify/functions/request-commands/respond-to-service-request.ts';
import { submitServiceRequest } from '../amplify/functions/request-commands/submit-service-request.ts';
import { readRow } from '../amplify/functions/shared/dynamo.ts';
import type { Decision } from '../amplify/functions/shared/decision.ts';
import type { Hint } from '../amplify/functions/shared/events.ts';
import { createLedgerWriter } from '../amplify/functions/shared/ledger-writer.ts';
import { createMessageWriter } from '../amplify/functions/shared/message-writer.ts';
import { createRequestWriter } from '../amplify/functions/shared/request-writer.ts';
import { createReviewWriter } from '../amplify/functions/shared/review-writer.ts';
import { submissionFacts } from '../amplify/functions/shared/submission-facts.ts';
import type { Response } from '../amplify/functions/shared/wait-step.ts';
import { createWaitWriter } from '../amplify/functions/shared/wait-writer.ts';
import { executionArnOf } from '../amplify/functions/shared/workflow.ts';
import { validateEscrowRelease } from '../amplify/functions/validate-escrow-release/validate-escrow-release.ts';
import { validateServiceRequest } from '../amplify/functions/validate-service-request/validate-service-request.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account } from '../domain/ledger.ts';
import type { Offer } from '../domain/offer.ts';
import { waitIdOf, type RequestRecord } from '../domain/request.ts';
import type { ScratchDatabase } from './scratch-database.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:hourbank-test-service-request';

/**
 * Leads requests through the real workers and commands on a scratch database, in the order of the state machines. Every
 * worker's step runs twice, and must answer the same twice: Step Functions may run any step again.
 */
export class RequestJourney {
  readonly hints: Hint[] = [];
  readonly woken: string[] = [];
  readonly started: string[] = [];
  /** Names of the executions that are to publish reviews. */
  readonly publications: string[] = [];
  now: Instant;
  readonly database: ScratchDatabase;

  constructor(database: ScratchDatabase, now: Instant) {
    this.database = database;
    this.now = now;
  }

  get requests() {
    return createRequestWriter(this.database);
  }

  get ledger() {
    return createLedgerWriter(this.database);
  }

  readonly emit = (...hints: readonly Hint[]): Promise<void> => {
    this.hints.push(...hints);
    return Promise.resolve();
  };

  readonly factsOf = (about: { serviceId: string; requesterId: string }) =>
    submissionFacts(this.database.dynamo, this.database.tables, about);

  private get edges() {
    const { requests, ledger, emit, factsOf } = this;
    return {
      requests,
      ledger,
      waits: createWaitWriter(this.database),
      messages: createMessageWriter(this.database),
      reviews: createReviewWriter(this.database),
      emit,
      tell: emit,
      factsOf,
      accountOf: async (userId: string) =>
        (await readRow(this.database.dynamo, this.database.tables.userBalance, { userId })) as
          Account | undefined, // written by the ledger alone
      newId: randomUUID,
      workflow: {
        executionArn: (requestId: string) => executionArnOf(MACHINE, requestId),
        start: (requestId: string) => {
          this.started.push(requestId);
          return Promise.resolve();
        },
      },
      publication: {
        start: (_requestId: string, name = '') => {
          this.publications.push(name);
          return Promise.resolve();
        },
      },
      wake: (token: string) => {
        this.woken.push(token);
        return Promise.resolve();
      },
    };
  }

  /** What members may ask for, by the names of the API. */
  get commands() {
    return {
      submitServiceRequest: submitServiceRequest(this.edges),
      respondToServiceRequest: respondToServiceRequest(this.edges),
      cancelServiceRequest: cancelServiceRequest(this.edges),
      markServiceDelivered: markServiceDelivered(this.edges),
      requestChanges: requestChanges(this.edges),
      confirmServiceCompletion: confirmServiceCompletion(this.edges),
      postMessage: postMessage(this.edges),
      leaveReview: leaveReview(this.edges),
      getMyReview: getMyReview(this.edges),
    };
  }

  /** Gives a command as a member; answers what the API would. */
  command(name: keyof RequestJourney['commands'], userId: string, args: object): Promise<unknown> {
    return this.commands[name](args, { userId, groups: [] }, this.now);
  }

  async member(): Promise<string> {
    const id = randomUUID();
    await this.ledger.welcome({ id, displayName: 'A neighbour' }, { now: this.now });
    return id;
  }

  async offer(providerId: string, overrides: Partial<Offer> = {}): Promise<Offer> {
    const offer = {
      id: randomUUID(),
      providerId,
      title: 'Guitar lessons',
      rate: 1,
      active: true,
      ...overrides,
    };
    await this.database.dynamo.send(new PutCommand({ TableName: this.database.tables.service, Item: offer }));
    return offer;
  }

  /** A request of two new members for two hours, just submitted. */
  async submitted(overrides: Partial<Offer> = {}): Promise<RequestRecord> {
    const [requesterId, providerId] = await Promise.all([this.member(), this.member()]);
    const { id: serviceId, rate } = await this.offer(providerId, overrides);
    const requestId = randomUUID();
    await this.command('submitServiceRequest', requesterId, {
      requestId,
      serviceId,
      estimatedHours: 2,
      rate,
    });
    return this.request(requestId);
  }

  async request(requestId: string): Promise<RequestRecord> {
    const request = await this.requests.request(requestId);
    if (!request) throw new Error(`There is no request ${requestId}`);
    return request;
  }

  async awaiting(): Promise<RequestRecord> {
    const { id } = await this.submitted();
    await this.validate(id);
    await this.hold(id);
    await this.notify(id);
    return this.request(id);
  }

  async inProgress(): Promise<RequestRecord> {
    const { id, providerId } = await this.awaiting();
    await this.command('respondToServiceRequest', providerId, { requestId: id, response: 'ACCEPT' });
    await this.process(id, 'PROVIDER_RESPONSE');
    await this.process(id, 'START_SERVICE');
    return this.request(id);
  }

  async completed(): Promise<RequestRecord> {
    const { id, providerId } = await this.inProgress();
    await this.command('markServiceDelivered', providerId, { requestId: id });
    await this.process(id, 'DELIVERY');
    return this.request(id);
  }

  async paid(): Promise<RequestRecord> {
    const { id, requesterId } = await this.completed();
    await this.command('confirmServiceCompletion', requesterId, { requestId: id });
    const { decision } = await this.process(id, 'CONFIRMATION');
    await this.release(id, decision);
    return this.request(id);
  }

  validate(requestId: string) {
    return this.twice(validateServiceRequest(this.edges), this.step(requestId));
  }

  async hold(requestId: string) {
    return this.twice(createEscrow(this.edges), await this.statusStep(requestId));
  }

  async notify(requestId: string) {
    return this.twice(notifyProvider(this.edges), await this.statusStep(requestId));
  }

  /** The step behind a wait; a reminder is given once, so that step runs once. */
  async process(requestId: string, step: ResponseStep['step']): Promise<Response> {
    const run = processProviderResponse(this.edges);
    const input = { ...(await this.statusStep(requestId)), step };
    const first = await run(input, this.now);
    if (first.outcome !== 'REMIND') deepStrictEqual(await run(input, this.now), first);
    return first;
  }

  /** EscrowManagementWorkflow. */
  async release(requestId: string, decision: Decision | null) {
    const step = { ...this.step(requestId), decision: decided(decision) };
    const validated = await this.twice(validateEscrowRelease(this.edges), step);
    const run = processEscrowRelease(this.edges);
    await this.twice(run, { ...step, step: 'PREPARE' });
    await this.twice(run, { ...step, ...validated, step: 'COMMIT' });
    return this.twice(run, { ...step, step: 'AUDIT' });
  }

  /** One step of EscrowCancellationWorkflow, once. */
  get cancellation() {
    return processEscrowCancellation(this.edges);
  }

  /** EscrowCancellationWorkflow. */
  async cancel(requestId: string, decision: Decision | null): Promise<Cancellation> {
    const run = this.cancellation;
    const step = { ...this.step(requestId), decision: decided(decision) };
    const validated = (await this.twice(run, { ...step, step: 'VALIDATE' })) as Cancellation; // what VALIDATE answers
    const { todo, revision } = validated;
    if (todo === 'CLOSE') await this.twice(run, { ...step, step: 'CLOSE', revision });
    if (todo === 'REFUND') {
      await this.twice(run, { ...step, step: 'PREPARE' });
      await this.twice(run, { ...step, step: 'COMMIT', revision });
      await this.twice(run, { ...step, step: 'AUDIT' });
    }
    return validated;
  }

  /** What ReviewPublicationWorkflow does when it wakes. */
  publishReviews(requestId: string) {
    return this.twice(publishReviews(this.edges), this.step(requestId));
  }

  /** What the wait state does when it begins to wait. */
  async beginToWait({ id, revision }: RequestRecord, token: string): Promise<void> {
    await this.database.dynamo.send(
      new UpdateCommand({
        TableName: this.database.tables.wait,
        Key: { id: waitIdOf(id, revision) },
        UpdateExpression: 'SET #token = :token',
        ConditionExpression: 'attribute_not_exists(outcome)',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':token': token },
      }),
    );
  }

  private step(requestId: string) {
    return { requestId, executionArn: executionArnOf(MACHINE, requestId) };
  }

  private async statusStep(requestId: string) {
    return { ...this.step(requestId), revision: (await this.request(requestId)).revision };
  }

  private async twice<Input, Output>(
    run: (input: Input, now: Instant) => Promise<Output>,
    input: Input,
  ): Promise<Output> {
    const first = await run(input, this.now);
    deepStrictEqual(await run(input, this.now), first);
    return first;
  }
}

function decided(decision: Decision | null): Decision {
  if (!decision) throw new Error('Nothing is decided');
  return decision;
}
