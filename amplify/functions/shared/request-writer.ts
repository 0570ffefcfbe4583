import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { Instant } from '../../../domain/instant.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { stepIdOf, type RequestRecord, type RequestStepRecord } from '../../../domain/request.ts';
import { submissionStep } from '../../../domain/status-change.ts';
import { readRow } from './dynamo.ts';
import { changeOf, putOnce, readRequest, requestItems, type RequestChange } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { MODEL, type DisputeTables, type RequestTables } from './tables.ts';
import { settle, transact } from './transaction.ts';

export type { RequestChange } from './request-change.ts';

export interface Changed {
  /** The same change had been made before. */
  readonly replayed: boolean;
  /** The request as it now stands. */
  readonly request: RequestRecord;
  /** The line of the timeline that the change wrote. */
  readonly step: RequestStepRecord;
}

export interface Submitted {
  readonly replayed: boolean;
  readonly request: RequestRecord;
}

/** Writes requests where no hours move; `ledger-writer.ts` does where they do. */
export interface RequestWriter {
  request(requestId: string): Promise<RequestRecord | undefined>;
  /**
   * The request of an earlier, equal submission; undefined if there is none. Throws `Refusal` DUPLICATE_REQUEST where the
   * id belongs to another submission. Ask before the rules of submitting: the hours may be held by now.
   */
  submitted(request: Submission): Promise<RequestRecord | undefined>;
  /** Writes a new request, or finds that the same one was written before. Throws `Refusal` DUPLICATE_REQUEST. */
  submit(request: RequestRecord): Promise<Submitted>;
  /** Remembers the execution that carries a request. */
  started(requestId: string, executionArn: string): Promise<void>;
  /** Moves a request without money. Throws `StaleRequest` if it has moved another way. */
  changeStatus(change: RequestChange, now: Instant): Promise<Changed>;
  /** The line of the timeline that led to a revision; undefined if the request is not there yet. */
  stepAt(requestId: string, revision: number): Promise<RequestStepRecord | undefined>;
}

export type Submission = Pick<RequestRecord, 'id' | 'requesterId' | 'submissionHash'>;

export interface RequestEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: RequestTables & Partial<DisputeTables>;
  readonly backoff?: Backoff;
}

export function createRequestWriter({ dynamo, tables, backoff }: RequestEdges): RequestWriter {
  const request = (requestId: string) => readRequest(dynamo, tables, requestId);

  async function submitted({ id, requesterId, submissionHash }: Submission) {
    const existing = await request(id);
    if (!existing) return undefined;
    if (existing.requesterId === requesterId && existing.submissionHash === submissionHash) return existing;
    throw new Refusal('DUPLICATE_REQUEST');
  }

  return {
    request,
    submitted,
    stepAt,

    submit: (submission) =>
      settle(async () => {
        const existing = await submitted(submission);
        if (existing) return { replayed: true, request: existing };
        const step = submissionStep(submission, submission.message);
        await transact(dynamo, [
          putOnce(tables.serviceRequest, { __typename: MODEL.serviceRequest, ...submission }),
          putOnce(tables.requestStep, { __typename: MODEL.requestStep, ...step }),
        ]);
        return { replayed: false, request: submission };
      }, backoff),

    async started(requestId, executionArn) {
      await dynamo.send(
        new UpdateCommand({
          TableName: tables.serviceRequest,
          Key: { id: requestId },
          UpdateExpression: 'SET stepFunctionExecutionArn = :arn',
          ConditionExpression: 'attribute_exists(id)',
          ExpressionAttributeValues: { ':arn': executionArn },
        }),
      );
    },

    changeStatus: (change, now) =>
      settle(async () => {
        const before = await request(change.requestId);
        const done = await stepOf(before, change);
        if (before && done) return { replayed: true, request: before, step: done };
        const changed = changeOf(before, change, now);
        if (changed.transition.ledger !== 'NONE')
          throw new Error(`${change.event} moves hours: only the ledger may do that`);
        await transact(dynamo, requestItems(tables, changed));
        return { replayed: false, request: changed.request, step: changed.step };
      }, backoff),
  };

  async function stepAt(requestId: string, revision: number): Promise<RequestStepRecord | undefined> {
    const row = await readRow(dynamo, tables.requestStep, { id: stepIdOf(requestId, revision) });
    return row as RequestStepRecord | undefined; // written by the two writers alone
  }

  /** The line that this very change wrote, if it was made before. */
  async function stepOf(
    before: RequestRecord | undefined,
    { requestId, revision, event }: RequestChange,
  ): Promise<RequestStepRecord | undefined> {
    if (!before || before.revision <= revision) return undefined;
    const step = await stepAt(requestId, revision + 1);
    return step?.event === event ? step : undefined;
  }
}
