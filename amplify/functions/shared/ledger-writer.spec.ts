import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { negate, parseHours } from '../../../domain/hours.ts';
import type { Account, LogEntry, Posting } from '../../../domain/ledger.ts';
import { adjustment, hold, refund, release, welcomeBonus } from '../../../domain/posting.ts';
import { SYSTEM, escrowIdOf, type RequestRecord } from '../../../domain/request.ts';
import { NOW, sampleRequest } from '../../../domain/samples.ts';
import { createLedgerWriter, type LedgerWriter } from './ledger-writer.ts';
import { createRequestWriter, type RequestChange, type RequestWriter } from './request-writer.ts';

const context = { now: NOW, executionArn: 'arn:execution' };

let database: ScratchDatabase;
let ledger: LedgerWriter;
let requests: RequestWriter;

beforeAll(async () => {
  database = await startScratchDatabase();
  ledger = createLedgerWriter(database);
  requests = createRequestWriter(database);
});
afterAll(() => database.stop());
afterEach(async () => {
  expect(await database.breaches()).toEqual([]);
});

async function newMember(): Promise<string> {
  const id = crypto.randomUUID();
  await ledger.welcome({ id, displayName: 'Ana' }, context);
  return id;
}

async function accountOf(userId: string): Promise<Account | undefined> {
  const accounts = await database.rows<Account>('userBalance');
  return accounts.find((account) => account.userId === userId);
}

const changeOf = (request: RequestRecord, event: RequestChange['event'], actor = SYSTEM): RequestChange => ({
  requestId: request.id,
  revision: request.revision,
  event,
  actor,
});

/** A request of two members of its own, validated and ready to be held. */
async function validRequest(hours = 2): Promise<RequestRecord> {
  const [requesterId, providerId] = await Promise.all([newMember(), newMember()]);
  const submitted = sampleRequest({
    id: crypto.randomUUID(),
    requesterId,
    providerId,
    amount: parseHours(hours),
  });
  await requests.submit(submitted);
  const { request } = await requests.changeStatus(changeOf(submitted, 'START_VALIDATION'), NOW);
  return request;
}

const holdOf = (request: RequestRecord): Posting =>
  hold({
    escrowId: escrowIdOf(request.id),
    requestId: request.id,
    fromUserId: request.requesterId,
    toUserId: request.providerId,
    hours: request.amount,
  });

async function heldRequest(hours = 2) {
  const request = await validRequest(hours);
  const held = await ledger.post(holdOf(request), context, changeOf(request, 'HOLD_HOURS'));
  if (!held.escrow || !held.request) throw new Error('Nothing was held');
  return { escrow: held.escrow, request: held.request };
}

async function completedRequest() {
  const { escrow, request: held } = await heldRequest();
  const provider = { id: held.providerId, role: 'PROVIDER' } as const;
  const { request: told } = await requests.changeStatus(changeOf(held, 'TELL_PROVIDER'), NOW);
  const { request: accepted } = await requests.changeStatus(changeOf(told, 'ACCEPT', provider), NOW);
  const { request: begun } = await requests.changeStatus(changeOf(accepted, 'START_WORK'), NOW);
  const { request } = await requests.changeStatus(changeOf(begun, 'DELIVERED', provider), NOW);
  const confirm = changeOf(request, 'CONFIRM', { id: request.requesterId, role: 'REQUESTER' });
  return { escrow, request, confirm };
}

const lock = (userId: string) =>
  database.dynamo.send(
    new UpdateCommand({
      TableName: database.tables.userBalance,
      Key: { userId },
      UpdateExpression: 'SET lockedAt = :now, lockedBy = :admin',
      ExpressionAttributeValues: { ':now': NOW, ':admin': 'admin' },
    }),
  );

/** The database, where something happens just before the first transaction is sent. */
const lastMoment = (happens: () => Promise<unknown>) => {
  let first = true;
  return intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
    if (first) await happens();
    first = false;
    return send();
  });
};

describe('the welcome bonus', () => {
  it('creates member, balances and log at once', async () => {
    const id = await newMember();
    expect(await accountOf(id)).toMatchObject({
      availableBalance: 10,
      totalBalance: 10,
      version: 1,
      createdAt: NOW,
    });
    const members = await database.rows<{ id: string }>('user');
    expect(members.find((member) => member.id === id)).toMatchObject({
      displayName: 'Ana',
      __typename: 'User',
    });
    const entry = (await database.rows<LogEntry>('transactionLog')).find(({ userId }) => userId === id);
    expect(entry).toMatchObject({
      id: `welcome-${id}#${id}`,
      transactionType: 'WELCOME_BONUS',
      amount: 10,
      heldDelta: 0,
      balanceBefore: 0,
      balanceAfter: 10,
      stepFunctionExecutionArn: 'arn:execution',
      __typename: 'TransactionLog',
    });
  });

  it('is given once, however often and at once it is asked for', async () => {
    const id = crypto.randomUUID();
    const member = { id, displayName: 'Ana' };
    const posted = await Promise.all(Array.from({ length: 8 }, () => ledger.welcome(member, context)));
    expect(new Set(posted.map(({ entries }) => JSON.stringify(entries.map(({ id }) => id)))).size).toBe(1);
    expect((await accountOf(id))?.availableBalance).toBe(10);
  });
});

describe('a hold', () => {
  it('moves hours and status together, with the timeline', async () => {
    const { request, escrow } = await heldRequest(2);
    expect(await accountOf(request.requesterId)).toMatchObject({
      availableBalance: 8,
      escrowedBalance: 2,
      totalBalance: 10,
    });
    expect(request).toMatchObject({ status: 'ESCROWED', revision: 3, escrowId: escrow.id });
    expect(await requests.request(request.id)).toMatchObject(request);
    const steps = await database.rows<{ requestId: string; event: string }>('requestStep');
    const events = steps.filter(({ requestId }) => requestId === request.id).map(({ event }) => event);
    expect(events.sort()).toEqual(['HOLD_HOURS', 'START_VALIDATION', 'SUBMIT']);
  });

  it('of more than is available is refused, and nothing moves', async () => {
    const request = await validRequest(10.25);
    const held = ledger.post(holdOf(request), context, changeOf(request, 'HOLD_HOURS'));
    await expect(held).rejects.toMatchObject({ code: 'INSUFFICIENT_HOURS' });
    expect(await requests.request(request.id)).toMatchObject({ status: 'VALIDATING', revision: 2 });
    expect(await accountOf(request.requesterId)).toMatchObject({ availableBalance: 10, version: 1 });
  });

  it('never takes an account below zero, however many come at once', async () => {
    const requesterId = await newMember();
    const providerId = await newMember();
    const outcomes = await Promise.all(
      Array.from({ length: 9 }, async () => {
        const submitted = sampleRequest({ id: crypto.randomUUID(), requesterId, providerId });
        await requests.submit(submitted);
        const { request } = await requests.changeStatus(changeOf(submitted, 'START_VALIDATION'), NOW);
        const posting = holdOf(request);
        return ledger.post(posting, context, changeOf(request, 'HOLD_HOURS')).then(
          () => 'held',
          (error: unknown) => (error as { code?: string }).code,
        );
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'INSUFFICIENT_HOURS')).toHaveLength(4);
    expect(await accountOf(requesterId)).toMatchObject({ availableBalance: 0, escrowedBalance: 10 });
  });

  it('made again changes nothing and returns the first result', async () => {
    const request = await validRequest();
    const first = await ledger.post(holdOf(request), context, changeOf(request, 'HOLD_HOURS'));
    const later = { now: '2027-01-01T00:00:00.000Z' };
    const again = await ledger.post(holdOf(request), later, changeOf(request, 'HOLD_HOURS'));
    expect(again).toMatchObject({ replayed: true, entries: first.entries, request: first.request });
    expect(again.escrow).toMatchObject(first.escrow ?? {});
  });

  it('is stopped by its entry in the log even where reading it failed to find it', async () => {
    const member = { id: crypto.randomUUID(), displayName: 'Ana' };
    await ledger.welcome(member, context);
    let blind = 2; // both entries, on the first try
    const dynamo = intercept(database.dynamo, 'GetCommand', (send, input) => {
      const ofLog = 'TableName' in input && input.TableName === database.tables.transactionLog;
      return ofLog && blind-- > 0 ? Promise.resolve({}) : send();
    });
    const again = await createLedgerWriter({ ...database, dynamo }).welcome(member, {
      now: '2027-01-01T00:00:00.000Z',
    });
    expect(again.replayed).toBe(true);
    expect(await accountOf(member.id)).toMatchObject({ availableBalance: 10, version: 1 });
  });

  it('with the id of another posting is an error, and nothing moves', async () => {
    const { request } = await heldRequest(2);
    const other = holdOf({ ...request, amount: parseHours(3) });
    await expect(ledger.post(other, context)).rejects.toMatchObject({ name: 'PostingConflict' });
  });

  it('does not go with an event that asks for something else', async () => {
    const request = await validRequest();
    await expect(ledger.post(holdOf(request), context, changeOf(request, 'REFUSE'))).rejects.toThrow(
      'REFUSE goes with NONE, not HOLD',
    );
  });

  it('does not happen to a request that has moved on', async () => {
    const request = await validRequest();
    await requests.changeStatus(changeOf(request, 'REFUSE'), NOW);
    await expect(
      ledger.post(holdOf(request), context, changeOf(request, 'HOLD_HOURS')),
    ).rejects.toMatchObject({ name: 'StaleRequest' });
    expect(await accountOf(request.requesterId)).toMatchObject({ availableBalance: 10, escrowedBalance: 0 });
  });
});

describe('a lock', () => {
  it('stops new holds and adjustments', async () => {
    const request = await validRequest();
    await lock(request.requesterId);
    const refused = { code: 'ACCOUNT_LOCKED' };
    await expect(ledger.post(holdOf(request), context)).rejects.toMatchObject(refused);
    const correction = adjustment({
      id: crypto.randomUUID(),
      userId: request.requesterId,
      hours: parseHours(1),
      reason: 'A mistake',
    });
    await expect(ledger.post(correction, context)).rejects.toMatchObject(refused);
  });

  it('stops a hold at the last moment', async () => {
    const request = await validRequest();
    const dynamo = lastMoment(() => lock(request.requesterId));
    const held = createLedgerWriter({ ...database, dynamo }).post(holdOf(request), context);
    await expect(held).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED' });
  });

  it('never stops a release', async () => {
    const { escrow, request, confirm } = await completedRequest();
    await Promise.all([lock(request.requesterId), lock(request.providerId)]);
    await ledger.post(release(escrow), context, confirm);
    expect(await accountOf(request.providerId)).toMatchObject({ availableBalance: 12, lockedBy: 'admin' });
  });

  it('never stops a refund', async () => {
    const { escrow, request } = await heldRequest();
    await lock(request.requesterId);
    await ledger.post(refund(escrow), context, changeOf(request, 'SYSTEM_FAILURE'));
    expect(await accountOf(request.requesterId)).toMatchObject({ availableBalance: 10, escrowedBalance: 0 });
  });
});

describe('the end of a hold', () => {
  it('pays the provider, marks PAID and tells both', async () => {
    const { escrow, request, confirm } = await completedRequest();
    const paid = await ledger.post(release(escrow), context, confirm);
    expect(paid.request).toMatchObject({ status: 'PAID' });
    expect(paid.escrow).toMatchObject({ status: 'RELEASED', releasedAmount: 2, refundedAmount: 0 });
    expect(await accountOf(request.requesterId)).toMatchObject({ totalBalance: 8, escrowedBalance: 0 });
    expect(await accountOf(request.providerId)).toMatchObject({ totalBalance: 12, availableBalance: 12 });
    const told = await database.rows<{ requestId: string; userId: string; kind: string }>('notification');
    expect(told.filter(({ requestId }) => requestId === request.id)).toContainEqual(
      expect.objectContaining({ userId: request.providerId, kind: 'HOURS_RECEIVED' }),
    );
  });

  it('is one: a release and a refund that race resolve it once', async () => {
    const { escrow, request, confirm } = await completedRequest();
    const failure = changeOf(request, 'SYSTEM_FAILURE');
    const results = await Promise.allSettled([
      ledger.post(release(escrow), context, confirm),
      ledger.post(refund(escrow), context, failure),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('that has begun as a release cannot be a refund, nor the reverse', async () => {
    const paying = await completedRequest();
    await ledger.begin(paying.escrow.id, 'RELEASING', NOW);
    await expect(ledger.begin(paying.escrow.id, 'CANCELLING', NOW)).rejects.toMatchObject({
      name: 'EscrowMoved',
    });
    await expect(ledger.post(refund(paying.escrow), context)).rejects.toMatchObject({ name: 'EscrowMoved' });

    const refunding = await heldRequest();
    await ledger.begin(refunding.escrow.id, 'CANCELLING', NOW);
    await ledger.begin(refunding.escrow.id, 'CANCELLING', NOW);
    await expect(ledger.post(release(refunding.escrow), context)).rejects.toMatchObject({
      name: 'EscrowMoved',
    });

    await ledger.post(release(paying.escrow), context, paying.confirm);
    expect(await ledger.begin(paying.escrow.id, 'RELEASING', NOW)).toMatchObject({ status: 'RELEASED' });
  });

  it('that has begun at the last moment goes no other way', async () => {
    const { escrow, request } = await heldRequest();
    const dynamo = lastMoment(() => ledger.begin(escrow.id, 'RELEASING', NOW));
    const failed = createLedgerWriter({ ...database, dynamo }).post(
      refund(escrow),
      context,
      changeOf(request, 'SYSTEM_FAILURE'),
    );
    await expect(failed).rejects.toMatchObject({ name: 'EscrowMoved' });
    expect(await requests.request(request.id)).toMatchObject({ status: 'ESCROWED' });
  });

  it('can be read back, entry by entry', async () => {
    const { escrow, confirm } = await completedRequest();
    expect(await ledger.entriesOf(release(escrow))).toEqual([]);
    const { entries } = await ledger.post(release(escrow), context, confirm);
    expect(await ledger.entriesOf(release(escrow))).toMatchObject(entries);
  });
});

describe('an adjustment', () => {
  it('may leave less than nothing, and says so in the log', async () => {
    const id = await newMember();
    const take = negate(parseHours(12));
    await ledger.post(
      adjustment({
        id: crypto.randomUUID(),
        userId: id,
        hours: take,
        reason: 'Hours credited twice',
        allowBelowZero: true,
      }),
      context,
    );
    expect(await accountOf(id)).toMatchObject({ availableBalance: -2, version: 2 });
  });
});

it('a posting that does not net to zero is never written', async () => {
  const posting = welcomeBonus(crypto.randomUUID());
  const lopsided = { ...posting, lines: posting.lines.slice(1) };
  await expect(ledger.post(lopsided, context)).rejects.toThrow('does not net to zero');
});
