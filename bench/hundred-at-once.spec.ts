import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bank, type Reply } from '../dev/bank/bank.ts';
import type { OperationName } from '../dev/bank/operations.ts';
import { startScratchDatabase, type ScratchDatabase } from '../dev/scratch-database.ts';
import type { RequestRecord } from '../domain/request.ts';

const HUNDRED = 100;

/** Who calls, and what; `CLOCK`: the deadline passes at that very moment. */
type Call = readonly [by: 'REQUESTER' | 'PROVIDER' | 'ADMIN', operation: OperationName, args: object];

const respond = (response: string, args: object = {}): Call => [
  'PROVIDER',
  'respondToServiceRequest',
  { response, ...args },
];
const CANCEL: Call = ['REQUESTER', 'cancelServiceRequest', {}];
const DISPUTE = { reason: 'Not as agreed', statement: 'Look' };
const ACCEPTED = [respond('ACCEPT')];
const DELIVERED = [...ACCEPTED, ['PROVIDER', 'markServiceDelivered', {}] as const];

let database: ScratchDatabase;
let bank: Bank;

beforeAll(async () => {
  database = await startScratchDatabase();
  bank = new Bank(database);
});

afterAll(async () => {
  bank.close();
  await database.stop();
});

async function member(): Promise<string> {
  const id = randomUUID();
  await bank.edges.ledger.welcome({ id, displayName: 'A neighbour' }, { now: bank.now });
  return id;
}

async function offer(providerId: string): Promise<string> {
  const id = randomUUID();
  const Item = { id, providerId, title: 'Guitar lessons', rate: 1, active: true };
  await database.dynamo.send(new PutCommand({ TableName: database.tables.service, Item }));
  return id;
}

const submit = (requesterId: string, serviceId: string, requestId: string): Promise<Reply> =>
  bank.operate('submitServiceRequest', { requestId, serviceId, estimatedHours: 1, rate: 1 }, requesterId);

async function request(id: string): Promise<RequestRecord> {
  const found = await bank.edges.requests.request(id);
  if (!found) throw new Error(`There is no request ${id}`);
  return found;
}

async function give(about: RequestRecord, [by, operation, args]: Call): Promise<Reply> {
  const disputeId = (await request(about.id)).disputeId;
  const named = { requestId: about.id, ...(disputeId !== undefined && { disputeId }), ...args };
  const who = { REQUESTER: about.requesterId, PROVIDER: about.providerId, ADMIN: 'an-admin' }[by];
  return bank.operate(operation, named, who, by === 'ADMIN' ? ['admin'] : []);
}

/** A request of two new members for an hour, led there by these calls. */
async function requestAfter(way: readonly Call[]): Promise<RequestRecord> {
  const [requesterId, providerId] = [await member(), await member()];
  const id = randomUUID();
  await submit(requesterId, await offer(providerId), id);
  await bank.settled();
  for (const call of way) {
    expect(await give(await request(id), call)).toHaveProperty('value');
    await bank.settled();
  }
  return request(id);
}

const pendingAfter = async ({ id }: RequestRecord) => (await request(id)).pendingEvent;

const codesOf = (replies: readonly Reply[]) =>
  replies.flatMap((reply) => ('refusal' in reply ? [reply.refusal] : []));

describe.each<readonly [status: string, way: readonly Call[], calls: readonly Call[]]>([
  [
    'AWAITING_RESPONSE',
    [],
    [respond('ACCEPT'), respond('REJECT'), CANCEL, respond('COUNTER_OFFER', { hours: 2 })],
  ],
  [
    'NEGOTIATING',
    [respond('COUNTER_OFFER', { hours: 2 })],
    [
      ['REQUESTER', 'respondToServiceRequest', { response: 'ACCEPT' }],
      ['REQUESTER', 'respondToServiceRequest', { response: 'REJECT' }],
      ['REQUESTER', 'respondToServiceRequest', { response: 'COUNTER_OFFER', hours: 3 }],
      CANCEL,
    ],
  ],
  [
    'IN_PROGRESS',
    ACCEPTED,
    [
      ['PROVIDER', 'markServiceDelivered', {}],
      ['PROVIDER', 'cancelServiceRequest', {}],
      ['REQUESTER', 'openDispute', DISPUTE],
      ['PROVIDER', 'openDispute', DISPUTE],
    ],
  ],
  [
    'COMPLETED',
    DELIVERED,
    [
      ['REQUESTER', 'confirmServiceCompletion', {}],
      ['REQUESTER', 'requestChanges', {}],
      ['REQUESTER', 'openDispute', DISPUTE],
      ['PROVIDER', 'openDispute', DISPUTE],
    ],
  ],
  [
    'DISPUTED',
    [
      ...ACCEPTED,
      ['PROVIDER', 'openDispute', DISPUTE],
      ['PROVIDER', 'proposeSettlement', { refundHours: 0.25 }],
    ],
    [
      ['ADMIN', 'resolveDispute', { decision: 'REFUND_TO_REQUESTER' }],
      ['ADMIN', 'resolveDispute', { decision: 'PAY_TO_PROVIDER' }],
      ['ADMIN', 'resolveDispute', { decision: 'PARTIAL_REFUND', refundHours: 0.5 }],
      ['ADMIN', 'resolveDispute', { decision: 'DISMISS_DISPUTE' }],
      ['REQUESTER', 'answerSettlement', { accept: true, refundHours: 0.25 }],
    ],
  ],
])('a hundred calls at once on a request in %s', (status, way, calls) => {
  const hundred = Array.from({ length: HUNDRED }, (_, index) => calls[index % calls.length] ?? CANCEL);

  it('have one winner, and ninety-nine typed refusals', async () => {
    const before = await requestAfter(way);
    expect(before.status).toBe(status);

    bank.gate.close('BEFORE'); // what was decided is carried out once all hundred have been answered
    const replies = await Promise.all(hundred.map((call) => give(before, call)));
    bank.gate.open();
    await bank.settled();

    expect(codesOf(replies)).toEqual(Array.from({ length: HUNDRED - 1 }, () => 'ALREADY_ANSWERED'));
    expect(await pendingAfter(before)).toBeUndefined();
    expect(await database.breaches()).toEqual([]);
  });

  it('have one winner when the deadline passes at that moment, be it the clock', async () => {
    const before = await requestAfter(way);
    bank.gate.close('BEFORE');
    bank.clock.moveTo(Date.parse(before.expiresAt ?? ''));
    const claim = () => bank.edges.waits.takeOutcomeOrClaimTimeout(before.id, before.revision, bank.now);

    const claims = Promise.all(Array.from({ length: 10 }, claim));
    const replies = await Promise.all(hundred.map((call) => give(before, call)));
    const outcomes = (await claims).flatMap((wait) => (wait.kind === 'OUTCOME' ? [wait.outcome.event] : []));
    bank.gate.open();
    await bank.settled();

    expect(new Set(outcomes).size).toBe(1);
    const won = HUNDRED - codesOf(replies).length;
    expect(won).toBe(outcomes[0] === 'TIMEOUT' ? 0 : 1);
    expect(new Set(codesOf(replies))).toEqual(new Set(['ALREADY_ANSWERED']));
    expect(await pendingAfter(before)).toBeUndefined();
    expect(await database.breaches()).toEqual([]);
  });
});

describe('a hundred requests at once of somebody who can pay for ten', () => {
  it('are ten holds and ninety refusals', async () => {
    const [requesterId, providerId] = [await member(), await member()];
    const serviceId = await offer(providerId);
    const ids = Array.from({ length: HUNDRED }, () => randomUUID());

    const replies = await Promise.all(ids.map((id) => submit(requesterId, serviceId, id)));
    await bank.settled();

    const taken = ids.filter((_, index) => 'value' in (replies[index] ?? {}));
    const requests = await Promise.all(taken.map(request));
    const held = requests.filter(({ status }) => status === 'AWAITING_RESPONSE');
    const refused = requests.filter(({ status }) => status === 'REJECTED');
    expect(held).toHaveLength(10);
    expect(codesOf(replies).length + refused.length).toBe(90);
    expect([...codesOf(replies), ...refused.map(({ statusReason }) => statusReason)]).toEqual(
      Array.from({ length: 90 }, () => 'INSUFFICIENT_HOURS'),
    );
    expect(await bank.edges.accountOf(requesterId)).toMatchObject({
      availableBalance: 0,
      escrowedBalance: 10,
    });
    expect(await database.breaches()).toEqual([]);
  });
});
