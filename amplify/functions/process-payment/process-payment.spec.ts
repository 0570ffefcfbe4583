import { describe, expect, it, vi } from 'vitest';
import { parseHours } from '../../../domain/hours.ts';
import {
  STATUSES,
  TRANSITIONS,
  isTerminal,
  type RequestEvent,
  type Status,
} from '../../../domain/life-cycle.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { NOW, REQUESTER_ID, REQUEST_ID, sampleRequest } from '../../../domain/samples.ts';
import type { Outcome } from '../shared/wait-writer.ts';
import { paymentStepSchema, processPayment, type Payment } from './process-payment.ts';

const CONFIRM: Outcome = {
  event: 'CONFIRM',
  actor: { id: REQUESTER_ID, role: 'REQUESTER' },
  at: NOW,
  note: 'Lovely',
  commandId: 'c',
};

const run = (
  transactionType: 'PAYMENT' | 'REFUND',
  request: RequestRecord | undefined,
  outcome?: Outcome,
): Promise<Payment> => {
  const waitOf = vi.fn().mockResolvedValue(outcome && { id: 'w', token: 'secret', outcome });
  const requests = { request: () => Promise.resolve(request) };
  return processPayment({ requests, waitOf })({
    requestId: REQUEST_ID,
    executionArn: 'arn',
    transactionType,
  });
};

const BROKEN = 'BrokenRule';

/** What is done, or thrown. */
const todo = (payment: Promise<Payment>) =>
  payment.then(
    (done) => done.todo,
    (error: unknown) => (error as Error).name,
  );

/** Every status with every event that may be pending in it, and with none. */
const matrix = STATUSES.flatMap((status) => {
  const pending = TRANSITIONS.filter(({ from, by }) => from.includes(status) && by !== 'SYSTEM');
  return [undefined, ...new Set(pending.map(({ event }) => event))].map((event) => ({ status, event }));
});

const PAYS: ReadonlySet<RequestEvent> = new Set([
  'CONFIRM',
  'PAY_TO_PROVIDER',
  'PARTIAL_REFUND',
  'SETTLE_PAY',
  'SETTLE_PARTIAL',
]);
const isDecided = (status: Status, event: RequestEvent | undefined) =>
  event !== undefined && (PAYS.has(event) || (status === 'COMPLETED' && event === 'TIMEOUT'));

describe.each(matrix)('a request in $status with $event to be carried out', ({ status, event }) => {
  const request = sampleRequest({ status, revision: 7, ...(event && { pendingEvent: event }) });
  const outcome = event && { ...CONFIRM, event };

  it('is paid if that was decided, and only then', async () => {
    const expected = status === 'PAID' ? 'NOTHING' : isDecided(status, event) ? 'PAY' : BROKEN;
    expect(await todo(run('PAYMENT', request, outcome))).toBe(expected);
  });

  it('is refunded if nothing is to be paid, and only then', async () => {
    const open = isTerminal(status) ? 'NOTHING' : 'REFUND';
    const expected = status === 'PAID' || isDecided(status, event) ? BROKEN : open;
    expect(await todo(run('REFUND', request, outcome))).toBe(expected);
  });
});

describe('a payment', () => {
  const confirmed = sampleRequest({ status: 'COMPLETED', revision: 7, pendingEvent: 'CONFIRM' });

  it('is made on the decision that the row of the wait knows, word for word', async () => {
    const outcome = { ...CONFIRM, disputeId: 'dispute-1', refundHours: parseHours(0.75) };
    expect(await run('PAYMENT', confirmed, outcome)).toEqual({
      todo: 'PAY',
      decision: {
        event: 'CONFIRM',
        actor: CONFIRM.actor,
        note: 'Lovely',
        disputeId: 'dispute-1',
        refundHours: 0.75,
      },
    });
  });

  it.each<readonly [string, Outcome | undefined]>([
    ['knows none', undefined],
    ['knows another', { ...CONFIRM, event: 'CHANGES' }],
  ])('is not made where that row %s', async (_what, outcome) => {
    expect(await todo(run('PAYMENT', confirmed, outcome))).toBe(BROKEN);
  });
});

describe('a refund', () => {
  it('is the compensation of a failure of ours, whatever else was asked for', async () => {
    const declined = sampleRequest({ status: 'AWAITING_RESPONSE', revision: 4, pendingEvent: 'REJECT' });
    expect(await run('REFUND', declined, { ...CONFIRM, event: 'REJECT' })).toEqual({
      todo: 'REFUND',
      decision: { event: 'SYSTEM_FAILURE', actor: { id: 'SYSTEM', role: 'SYSTEM' } },
    });
  });
});

describe('a transaction of a request', () => {
  it('that does not exist is a broken rule', async () => {
    expect(await todo(run('PAYMENT', undefined))).toBe(BROKEN);
    expect(await todo(run('REFUND', undefined))).toBe(BROKEN);
  });

  it('is a payment or a refund', () => {
    const step = { requestId: 'r', executionArn: 'arn' };
    expect(paymentStepSchema.safeParse({ ...step, transactionType: 'PAYMENT' }).success).toBe(true);
    expect(paymentStepSchema.safeParse({ ...step, transactionType: 'WELCOME_BONUS' }).success).toBe(false);
  });
});
