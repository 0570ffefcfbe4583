import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { DAY, HOUR, after } from '../../../domain/instant.ts';
import type { RequestEvent } from '../../../domain/life-cycle.ts';
import { CLOCK, waitIdOf, type RequestRecord } from '../../../domain/request.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, STRANGER_ID, sampleRequest } from '../../../domain/samples.ts';
import { BACKOFF } from './retry.ts';
import { createRequestWriter, type RequestWriter } from './request-writer.ts';
import { createWaitWriter, type MemberCommand, type WaitRow, type WaitWriter } from './wait-writer.ts';

const REVISION = 4;
const DEADLINE = after(NOW, 48 * HOUR);

let database: ScratchDatabase;
let waits: WaitWriter;
let requests: RequestWriter;

beforeAll(async () => {
  database = await startScratchDatabase();
  waits = createWaitWriter(database);
  requests = createRequestWriter(database);
});
afterAll(() => database.stop());

/** A request that waits for its provider. */
async function waiting(overrides: Partial<RequestRecord> = {}): Promise<RequestRecord> {
  const request = sampleRequest({
    id: crypto.randomUUID(),
    status: 'AWAITING_RESPONSE',
    revision: REVISION,
    expiresAt: DEADLINE,
    ...overrides,
  });
  await database.dynamo.send(new PutCommand({ TableName: database.tables.serviceRequest, Item: request }));
  return request;
}

const completed = () => waiting({ status: 'COMPLETED', expiresAt: after(NOW, 7 * DAY) });

const commandOf = (
  request: RequestRecord,
  event: RequestEvent,
  overrides: Partial<MemberCommand> = {},
): MemberCommand => ({
  requestId: request.id,
  memberId: PROVIDER_ID,
  event,
  commandId: crypto.randomUUID(),
  now: after(NOW, HOUR),
  ...overrides,
});

/** What the wait state does when it begins to wait. */
const beginToWait = (request: RequestRecord, token: string) =>
  database.dynamo.send(
    new UpdateCommand({
      TableName: database.tables.wait,
      Key: { id: waitIdOf(request.id, request.revision) },
      UpdateExpression: 'SET #token = :token',
      ConditionExpression: 'attribute_not_exists(outcome)',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':token': token },
    }),
  );

async function waitOf(request: RequestRecord): Promise<WaitRow | undefined> {
  return (await database.rows<WaitRow>('wait')).find(
    ({ id }) => id === waitIdOf(request.id, request.revision),
  );
}

describe('a command', () => {
  it('leaves its outcome in the row of the wait and marks the request', async () => {
    const request = await waiting();
    const { request: answered, token } = await waits.command(
      commandOf(request, 'ACCEPT', { note: 'Gladly' }),
    );
    expect(answered).toMatchObject({
      status: 'AWAITING_RESPONSE',
      revision: REVISION,
      pendingEvent: 'ACCEPT',
    });
    expect(token).toBeUndefined();
    expect(await requests.request(request.id)).toMatchObject({ pendingEvent: 'ACCEPT' });
    expect((await waitOf(request))?.outcome).toMatchObject({
      event: 'ACCEPT',
      actor: { id: PROVIDER_ID, role: 'PROVIDER' },
      note: 'Gladly',
    });
  });

  it('finds the token of an execution that waits already', async () => {
    const request = await waiting();
    await beginToWait(request, 'token-1');
    expect((await waits.command(commandOf(request, 'ACCEPT'))).token).toBe('token-1');
  });

  it('that comes before the token keeps the execution from waiting', async () => {
    const request = await waiting();
    await waits.command(commandOf(request, 'ACCEPT'));
    await expect(beginToWait(request, 'token-1')).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });

  it('is one: of two at once the other is refused', async () => {
    const request = await waiting();
    const answers = await Promise.allSettled([
      waits.command(commandOf(request, 'ACCEPT')),
      waits.command(commandOf(request, 'REJECT')),
      waits.command(commandOf(request, 'WITHDRAW', { memberId: REQUESTER_ID })),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'ALREADY_ANSWERED' });
  });

  it('after the clock has ended the wait is refused', async () => {
    const request = await waiting();
    await waits.takeOutcomeOrClaimTimeout(request.id, REVISION, DEADLINE);
    const late = waits.command(commandOf(request, 'ACCEPT', { now: after(DEADLINE, 1) }));
    await expect(late).rejects.toMatchObject({ code: 'ALREADY_ANSWERED' });
  });

  it.each<[string, RequestEvent, Partial<MemberCommand>, string]>([
    ['a stranger', 'ACCEPT', { memberId: STRANGER_ID }, 'NOT_FOUND'],
    ['the other party', 'ACCEPT', { memberId: REQUESTER_ID }, 'NOT_YOUR_TURN'],
    ['a stage too early', 'DELIVERED', {}, 'NOT_ALLOWED_NOW'],
    ['terms that were not shown', 'ACCEPT', { shown: { rate: 2 } }, 'TERMS_CHANGED'],
    ['another round', 'ACCEPT', { shown: { round: 1 } }, 'TERMS_CHANGED'],
    ['other hours', 'ACCEPT', { shown: { hours: 3 } }, 'TERMS_CHANGED'],
    ['a request that does not exist', 'ACCEPT', { requestId: crypto.randomUUID() }, 'NOT_FOUND'],
  ])('of %s is refused, and nothing moves', async (_, event, overrides, code) => {
    const request = await waiting();
    await expect(waits.command(commandOf(request, event, overrides))).rejects.toMatchObject({ code });
    expect(await waitOf(request)).toBeUndefined();
    expect(await requests.request(request.id)).toEqual(request);
  });

  it('gives up as TRY_AGAIN where every try collides', async () => {
    const request = await waiting();
    const busy = Object.assign(new Error('busy'), { name: 'TransactionConflictException' });
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', () => Promise.reject(busy));
    const backoff = { ...BACKOFF, attempts: 3, base: 0 };
    const colliding = createWaitWriter({ ...database, dynamo, backoff });
    await expect(colliding.command(commandOf(request, 'ACCEPT'))).rejects.toMatchObject({
      code: 'TRY_AGAIN',
    });
  });

  it('never overwrites an outcome, whatever the request says', async () => {
    const request = await waiting();
    const Item = { id: waitIdOf(request.id, REVISION), outcome: { event: 'REJECT' } };
    await database.dynamo.send(new PutCommand({ TableName: database.tables.wait, Item }));
    const quick = createWaitWriter({ ...database, backoff: { ...BACKOFF, attempts: 3, base: 0 } });
    await expect(quick.command(commandOf(request, 'ACCEPT'))).rejects.toMatchObject({ code: 'TRY_AGAIN' });
    expect((await waitOf(request))?.outcome).toEqual({ event: 'REJECT' });
    expect(await requests.request(request.id)).toEqual(request);
  });

  it.each([
    ['an answer is pending', { pendingEvent: 'WITHDRAW' }, 'ALREADY_ANSWERED'],
    ['the request has moved on', { revision: REVISION + 1, status: 'ACCEPTED' }, 'ALREADY_ANSWERED'],
    ['the request waits anew', { revision: REVISION + 1 }, undefined],
  ])('sees at the last moment that %s', async (_, meanwhile, code) => {
    const request = await waiting();
    let first = true;
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
      const Item = { ...request, ...meanwhile };
      if (first)
        await database.dynamo.send(new PutCommand({ TableName: database.tables.serviceRequest, Item }));
      first = false;
      return send();
    });
    const answered = createWaitWriter({ ...database, dynamo }).command(commandOf(request, 'ACCEPT'));
    if (code) await expect(answered).rejects.toMatchObject({ code });
    else expect((await answered).request.revision).toBe(REVISION + 1);
    expect(await waitOf(request)).toBeUndefined();
  });

  it('whose reply was lost knows its own answer, even after it has been carried out', async () => {
    const request = await waiting();
    let lost = false;
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
      const reply = await send();
      if (lost) return reply;
      lost = true;
      const actor = { id: PROVIDER_ID, role: 'PROVIDER' } as const;
      const accept = { requestId: request.id, revision: REVISION, event: 'ACCEPT', actor } as const;
      await requests.changeStatus(accept, NOW);
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    });
    const flaky = createWaitWriter({ ...database, dynamo });
    const { request: answered } = await flaky.command(commandOf(request, 'ACCEPT'));
    expect(answered).toMatchObject({ status: 'ACCEPTED', revision: REVISION + 1 });
  });
});

describe('the step behind a wait', () => {
  it('takes the outcome, as often as it is asked', async () => {
    const request = await waiting();
    await waits.command(commandOf(request, 'REJECT'));
    for (let time = 0; time < 2; time++) {
      const result = await waits.takeOutcomeOrClaimTimeout(request.id, REVISION, after(DEADLINE, DAY));
      expect(result).toMatchObject({ kind: 'OUTCOME', outcome: { event: 'REJECT' } });
    }
  });

  it('goes on waiting before the deadline', async () => {
    const request = await waiting();
    const result = await waits.takeOutcomeOrClaimTimeout(request.id, REVISION, after(DEADLINE, -90));
    expect(result).toMatchObject({ kind: 'WAIT', timeoutSeconds: 90, reminder: 0 });
    expect(await requests.request(request.id)).toEqual(request);
  });

  it('ends the wait at the deadline, once', async () => {
    const request = await waiting();
    const results = await Promise.all(
      [0, 1, 2].map((late) => waits.takeOutcomeOrClaimTimeout(request.id, REVISION, after(DEADLINE, late))),
    );
    for (const result of results)
      expect(result).toMatchObject({ kind: 'OUTCOME', outcome: { event: 'TIMEOUT', actor: CLOCK } });
    expect(new Set(results.map((result) => result.kind === 'OUTCOME' && result.outcome.at)).size).toBe(1);
    expect(await requests.request(request.id)).toMatchObject({ pendingEvent: 'TIMEOUT' });
  });

  it('lets an answer that came after the deadline but before the clock stand', async () => {
    const request = await waiting();
    await waits.command(commandOf(request, 'ACCEPT', { now: after(DEADLINE, 5) }));
    const result = await waits.takeOutcomeOrClaimTimeout(request.id, REVISION, after(DEADLINE, 6));
    expect(result).toMatchObject({ outcome: { event: 'ACCEPT' } });
  });

  it('agrees with a command at the same moment on who was first', async () => {
    for (let time = 0; time < 10; time++) {
      const request = await waiting();
      const [command, result] = await Promise.allSettled([
        waits.command(commandOf(request, 'ACCEPT')),
        waits.takeOutcomeOrClaimTimeout(request.id, REVISION, DEADLINE),
      ]);
      const outcome =
        result.status === 'fulfilled' && result.value.kind === 'OUTCOME' && result.value.outcome;
      expect(outcome && outcome.event).toBe(command.status === 'fulfilled' ? 'ACCEPT' : 'TIMEOUT');
    }
  });

  it('reminds who has to confirm, each time once', async () => {
    const request = await completed();
    const told = async () =>
      (await database.rows<{ requestId: string; id: string }>('notification')).filter(
        ({ requestId }) => requestId === request.id,
      );
    const at = (seconds: number) =>
      waits.takeOutcomeOrClaimTimeout(request.id, REVISION, after(NOW, seconds));
    expect(await at(0)).toMatchObject({ kind: 'WAIT', timeoutSeconds: 5 * DAY, reminder: 0 });
    expect(await at(5 * DAY)).toMatchObject({ kind: 'WAIT', timeoutSeconds: DAY, reminder: 1 });
    expect(await at(5 * DAY)).toMatchObject({ reminder: 0 });
    expect(await at(6 * DAY)).toMatchObject({ kind: 'WAIT', timeoutSeconds: DAY, reminder: 2 });
    expect((await told()).map(({ id }) => id.split('#').at(-1)).sort()).toEqual(['1', '2']);
    expect(await at(7 * DAY)).toMatchObject({ kind: 'OUTCOME', outcome: { event: 'TIMEOUT' } });
  });

  it('does not decide for a request that moved on without an outcome', async () => {
    const request = await waiting({ revision: REVISION + 1 });
    await expect(waits.takeOutcomeOrClaimTimeout(request.id, REVISION, DEADLINE)).rejects.toMatchObject({
      name: 'StaleRequest',
    });
  });

  it('keeps a row no longer than an execution may live', async () => {
    const request = await waiting();
    await waits.takeOutcomeOrClaimTimeout(request.id, REVISION, DEADLINE);
    const row = (await waitOf(request)) as unknown as { expireAfter: number };
    expect(row.expireAfter).toBe(Date.parse(after(DEADLINE, 400 * DAY)) / 1000);
  });
});
