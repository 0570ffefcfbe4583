import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { HOUR, after } from '../../../domain/instant.ts';
import { SYSTEM, type RequestRecord, type RequestStepRecord } from '../../../domain/request.ts';
import { NOW, STRANGER_ID, sampleRequest } from '../../../domain/samples.ts';
import { BACKOFF } from './retry.ts';
import { createRequestWriter, type RequestWriter } from './request-writer.ts';

let database: ScratchDatabase;
let requests: RequestWriter;

beforeAll(async () => {
  database = await startScratchDatabase();
  requests = createRequestWriter(database);
});
afterAll(() => database.stop());

const newRequest = (overrides: Partial<RequestRecord> = {}) =>
  sampleRequest({ id: crypto.randomUUID(), message: 'Sunday?', ...overrides });

const start = ({ id }: RequestRecord) =>
  ({ requestId: id, revision: 1, event: 'START_VALIDATION', actor: SYSTEM }) as const;

async function stepsOf(request: RequestRecord): Promise<readonly RequestStepRecord[]> {
  const steps = await database.rows<RequestStepRecord>('requestStep');
  return steps.filter(({ requestId }) => requestId === request.id).sort((a, b) => a.revision - b.revision);
}

describe('submitting', () => {
  it('writes the request and the first line of its timeline', async () => {
    const request = newRequest();
    expect(await requests.submit(request)).toEqual({ replayed: false, request });
    expect(await requests.request(request.id)).toEqual({ ...request, __typename: 'ServiceRequest' });
    expect(await stepsOf(request)).toEqual([
      expect.objectContaining({
        __typename: 'RequestStep',
        id: `${request.id}#1`,
        status: 'INITIATED',
        event: 'SUBMIT',
        actor: request.requesterId,
        actorRole: 'REQUESTER',
        note: 'Sunday?',
      }),
    ]);
  });

  it('the same again, at once or later, is one request', async () => {
    const request = newRequest();
    await Promise.all([requests.submit(request), requests.submit(request), requests.submit(request)]);
    await requests.changeStatus(start(request), NOW);
    const again = await requests.submit({ ...request, createdAt: after(NOW, HOUR) });
    expect(again).toMatchObject({ replayed: true, request: { status: 'VALIDATING', createdAt: NOW } });
  });

  it.each([
    ['another body', { submissionHash: 'other' }],
    ['another member', { requesterId: STRANGER_ID }],
  ])('the same id with %s is refused', async (_, difference) => {
    const request = newRequest();
    await requests.submit(request);
    const refused = { code: 'DUPLICATE_REQUEST' };
    await expect(requests.submit({ ...request, ...difference })).rejects.toMatchObject(refused);
    await expect(requests.submitted({ ...request, ...difference })).rejects.toMatchObject(refused);
    expect(await requests.request(request.id)).toMatchObject(request);
  });
});

describe('a change of status', () => {
  it('moves the request, writes the timeline and sets the deadline', async () => {
    const request = newRequest({
      status: 'ESCROWED',
      revision: 3,
      statusReason: 'old',
      pendingEvent: 'ACCEPT',
    });
    await requests.submit(request);
    const change = { requestId: request.id, revision: 3, event: 'TELL_PROVIDER', actor: SYSTEM } as const;
    await requests.changeStatus(change, NOW);
    const { statusReason: _gone, pendingEvent: _carriedOut, ...kept } = request;
    expect(await requests.request(request.id)).toEqual({
      __typename: 'ServiceRequest',
      ...kept,
      status: 'AWAITING_RESPONSE',
      revision: 4,
      expiresAt: after(NOW, 48 * HOUR),
    });
  });

  it('made again, at once or later, is one change', async () => {
    const request = newRequest();
    await requests.submit(request);
    await Promise.all([1, 2, 3].map(() => requests.changeStatus(start(request), NOW)));
    const again = await requests.changeStatus(start(request), after(NOW, HOUR));
    expect(again).toMatchObject({ replayed: true, request: { revision: 2 }, step: { at: NOW } });
    expect(await stepsOf(request)).toHaveLength(2);
  });

  it('of a request that moved another way is an error', async () => {
    const request = newRequest();
    await requests.submit(request);
    await requests.changeStatus(start(request), NOW);
    const failure = { ...start(request), event: 'SYSTEM_FAILURE' } as const;
    await expect(requests.changeStatus(failure, NOW)).rejects.toMatchObject({ name: 'StaleRequest' });
  });

  it.each([{ revision: 2 }, { status: 'CANCELLED' }, { pendingEvent: 'WITHDRAW' }])(
    'sees at the last moment that the request is at %j',
    async (meanwhile) => {
      const request = newRequest();
      await requests.submit(request);
      const Item = { ...request, ...meanwhile };
      const backoff = { ...BACKOFF, attempts: 1 };
      const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
        await database.dynamo.send(new PutCommand({ TableName: database.tables.serviceRequest, Item }));
        return send();
      });
      const change = createRequestWriter({ ...database, dynamo, backoff }).changeStatus(start(request), NOW);
      await expect(change).rejects.toMatchObject({ name: 'TransactionCanceledException' });
      expect(await requests.request(request.id)).toEqual(Item);
      expect(await stepsOf(request)).toHaveLength(1);
    },
  );

  it('keeps the execution that was remembered meanwhile', async () => {
    const request = newRequest();
    await requests.submit(request);
    await requests.started(request.id, 'arn:execution');
    await requests.changeStatus(start(request), NOW);
    expect(await requests.request(request.id)).toMatchObject({ stepFunctionExecutionArn: 'arn:execution' });
  });

  it('that moves hours is left to the ledger', async () => {
    const request = newRequest({ status: 'VALIDATING' });
    await requests.submit(request);
    const hold = { ...start(request), event: 'HOLD_HOURS' } as const;
    await expect(requests.changeStatus(hold, NOW)).rejects.toThrow('only the ledger may do that');
    expect(await requests.request(request.id)).toMatchObject({ status: 'VALIDATING' });
  });
});
