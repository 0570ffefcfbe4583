import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Member } from '../../dev/member.ts';
import { Neighbourhood, refusal } from './neighbourhood.ts';
import {
  ADD_STATEMENT,
  ANSWER_SETTLEMENT,
  CANCEL,
  CONFIRM,
  DELIVER,
  DISPUTES_BY_STATUS,
  EVIDENCE_OF,
  GET_DISPUTE,
  GET_REQUEST,
  OPEN_DISPUTE,
  PROPOSE_SETTLEMENT,
  RESOLVE_DISPUTE,
} from './operations.ts';
import type { DisputeState } from './operations.ts';

let neighbourhood: Neighbourhood;
let admin: Member;
let requester: Member;
let provider: Member;
let stranger: Member;
let requestId: string;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open();
  admin = await neighbourhood.joinAsAdmin('Amira');
  stranger = await neighbourhood.join('Sven');
});
afterAll(() => neighbourhood.close());

/** Two new members, 10 hours each, and 2 hours of work under way. */
beforeEach(async () => {
  [requester, provider] = [await neighbourhood.join('Rita'), await neighbourhood.join('Paul')];
  requestId = await neighbourhood.atWork(requester, provider);
});
afterEach(() => neighbourhood.expectBooksToBalance());

const COMPLAINT = { reason: 'Not done', statement: 'Nobody came.' };

const decide = (disputeId: string, decision: string, more: Record<string, unknown> = {}) =>
  refusal(admin, RESOLVE_DISPUTE, { disputeId, decision, ...more });

const hoursOf = async (member: Member) => {
  const balance = await neighbourhood.balance(member);
  return [balance?.availableBalance, balance?.escrowedBalance];
};

describe('an admin', () => {
  it.each([
    ['REFUND_TO_REQUESTER', undefined, 'REFUNDED', [10, 0], [10, 0], 2],
    ['PAY_TO_PROVIDER', undefined, 'PAID', [8, 0], [12, 0], 0],
    ['PARTIAL_REFUND', 0.75, 'PAID', [8.75, 0], [11.25, 0], 0.75],
  ])('decides %s', async (decision, refundHours, status, ofRequester, ofProvider, refunded) => {
    const disputeId = await neighbourhood.dispute(requester, requestId);
    expect(await hoursOf(requester)).toEqual([8, 2]);

    expect(await decide(disputeId, decision, { refundHours, note: 'Both were heard.' })).toBeUndefined();

    await neighbourhood.until(requester, requestId, status);
    expect(await hoursOf(requester)).toEqual(ofRequester);
    expect(await hoursOf(provider)).toEqual(ofProvider);
    expect(await neighbourhood.disputeRow(provider, disputeId)).toMatchObject({
      status: 'RESOLVED',
      decision,
      refundHours: refunded,
      decidedBy: admin.id,
      decisionNote: 'Both were heard.',
    });
    expect(await decide(disputeId, 'PAY_TO_PROVIDER')).toBe('ALREADY_ANSWERED');
  });

  it('dismisses, and the request goes on with the time that was left', async () => {
    await neighbourhood.deliver(provider, requestId);
    await neighbourhood.advance('P2D');
    const disputeId = await neighbourhood.dispute(requester, requestId);
    await neighbourhood.advance('P10D');

    expect(await decide(disputeId, 'DISMISS_DISPUTE')).toBeUndefined();

    const { waitingUntil, now } = await neighbourhood.until(requester, requestId, 'COMPLETED');
    const left = Date.parse(waitingUntil ?? '') - Date.parse(now);
    expect(Math.round(left / 3_600_000 / 24)).toBe(5);
    expect(await neighbourhood.disputeRow(requester, disputeId)).toMatchObject({ status: 'DISMISSED' });
    expect(await refusal(requester, OPEN_DISPUTE, { requestId, ...COMPLAINT })).toBe('TOO_MANY_DISPUTES');
    await neighbourhood.confirm(requester, requestId);
    expect(await hoursOf(provider)).toEqual([12, 0]);
  });

  it('sees the queue, decides nothing that is not theirs to decide, and nobody else decides', async () => {
    const disputeId = await neighbourhood.dispute(provider, requestId);
    const queue = await admin.run<{ disputesByStatus: { items: { id: string }[] } }>(DISPUTES_BY_STATUS, {
      status: 'AWAITING_DECISION',
    });
    expect(queue.disputesByStatus.items.map(({ id }) => id)).toContain(disputeId);
    expect(await decide(disputeId, 'PARTIAL_REFUND')).toBe('INVALID_HOURS');
    expect(await decide(disputeId, 'PARTIAL_REFUND', { refundHours: 2 })).toBe('INVALID_HOURS');
    expect(await decide(disputeId, 'PARTIAL_REFUND', { refundHours: 0.1 })).toBe('INVALID_HOURS');
    expect(await decide(disputeId, 'PAY_TO_PROVIDER', { refundHours: 1 })).toBe('INVALID_INPUT');
    expect(await decide('dispute-of-nobody', 'PAY_TO_PROVIDER')).toBe('NOT_FOUND');
    expect(await refusal(requester, RESOLVE_DISPUTE, { disputeId, decision: 'REFUND_TO_REQUESTER' })).toBe(
      'Unauthorized',
    );

    const own = await neighbourhood.atWork(admin, provider, { estimatedHours: 1 });
    const ownDispute = await neighbourhood.dispute(admin, own);
    expect(await decide(ownDispute, 'REFUND_TO_REQUESTER')).toBe('CONFLICT_OF_INTEREST');
  });
});

describe('a dispute', () => {
  it('stops everything else, is seen by its parties alone, and can be argued', async () => {
    const disputeId = await neighbourhood.dispute(requester, requestId);

    expect(await refusal(provider, DELIVER, { requestId })).toBe('NOT_ALLOWED_NOW');
    expect(await refusal(requester, CONFIRM, { requestId })).toBe('NOT_ALLOWED_NOW');
    expect(await refusal(provider, CANCEL, { requestId })).toBe('NOT_ALLOWED_NOW');
    expect(await refusal(provider, OPEN_DISPUTE, { requestId, ...COMPLAINT })).toBe('ALREADY_ANSWERED');
    expect(await refusal(stranger, GET_DISPUTE, { id: disputeId })).toBe('Unauthorized');
    expect(await refusal(stranger, ADD_STATEMENT, { disputeId, statement: 'I saw it' })).toBe('NOT_FOUND');

    for (const number of [1, 2, 3, 4, 5])
      await provider.run(ADD_STATEMENT, { disputeId, statement: `Point ${number}` });
    await provider.run(ADD_STATEMENT, { disputeId, statement: 'Point 5' });
    expect(await refusal(provider, ADD_STATEMENT, { disputeId, statement: 'Point 6' })).toBe(
      'TOO_MUCH_EVIDENCE',
    );
    const { evidenceByDispute } = await requester.run<{ evidenceByDispute: { items: unknown[] } }>(
      EVIDENCE_OF,
      { disputeId },
    );
    expect(evidenceByDispute.items).toHaveLength(5);
  });

  it('is opened by each party once, by no stranger, and not before the work', async () => {
    const early = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    const open = (member: Member, id: string) =>
      refusal(member, OPEN_DISPUTE, { requestId: id, ...COMPLAINT });
    expect(await open(requester, early)).toBe('NOT_ALLOWED_NOW');
    expect(await open(stranger, requestId)).toBe('NOT_FOUND');
    expect(await refusal(requester, OPEN_DISPUTE, { requestId, reason: ' ', statement: 'x' })).toBe(
      'INVALID_INPUT',
    );

    const first = await neighbourhood.dispute(requester, requestId);
    await decide(first, 'DISMISS_DISPUTE');
    await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
    const second = await neighbourhood.dispute(provider, requestId);
    await decide(second, 'DISMISS_DISPUTE');
    await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
    expect(await open(requester, requestId)).toBe('TOO_MANY_DISPUTES');
    expect(await open(provider, requestId)).toBe('TOO_MANY_DISPUTES');
  });

  it('undecided is brought to mind, and gives everything back after 30 days', async () => {
    const disputeId = await neighbourhood.dispute(provider, requestId);
    await neighbourhood.advance('PT25H');
    await neighbourhood.advance('PT24H');
    await neighbourhood.advance('P29D');

    await neighbourhood.until(requester, requestId, 'REFUNDED');
    expect(await hoursOf(requester)).toEqual([10, 0]);
    expect(await neighbourhood.disputeRow(requester, disputeId)).toMatchObject({
      status: 'LAPSED',
      refundHours: 2,
    });
  });
});

describe('a settlement', () => {
  const propose = (member: Member, disputeId: string, refundHours: number) =>
    refusal(member, PROPOSE_SETTLEMENT, { disputeId, refundHours });
  const reply = (member: Member, disputeId: string, accept: boolean, refundHours?: number) =>
    refusal(member, ANSWER_SETTLEMENT, { disputeId, accept, refundHours });

  it.each([
    [0, 'PAID', [8, 0], [12, 0]],
    [0.5, 'PAID', [8.5, 0], [11.5, 0]],
    [2, 'REFUNDED', [10, 0], [10, 0]],
  ])('of %d hours ends the dispute before the admin does', async (hours, status, one, other) => {
    const disputeId = await neighbourhood.dispute(requester, requestId);
    expect(await propose(provider, disputeId, hours)).toBeUndefined();
    expect(await reply(requester, disputeId, true, hours)).toBeUndefined();

    await neighbourhood.until(requester, requestId, status);
    expect(await hoursOf(requester)).toEqual(one);
    expect(await hoursOf(provider)).toEqual(other);
    expect(await neighbourhood.disputeRow(admin, disputeId)).toMatchObject({
      status: 'SETTLED',
      refundHours: hours,
    });
    expect(await decide(disputeId, 'DISMISS_DISPUTE')).toBe('ALREADY_ANSWERED');
  });

  it('is answered by the other party, as it was shown, while it is on the table', async () => {
    const disputeId = await neighbourhood.dispute(requester, requestId);
    expect(await reply(provider, disputeId, true)).toBe('NOT_ALLOWED_NOW');
    expect(await propose(stranger, disputeId, 1)).toBe('NOT_FOUND');
    expect(await propose(requester, disputeId, 2.25)).toBe('INVALID_HOURS');
    expect(await propose(requester, disputeId, -1)).toBe('INVALID_HOURS');
    expect(await propose(requester, disputeId, 1.5)).toBeUndefined();
    expect(await reply(requester, disputeId, true, 1.5)).toBe('NOT_YOUR_TURN');
    expect(await reply(provider, disputeId, true, 1)).toBe('TERMS_CHANGED');
    expect(await reply(provider, disputeId, false, 1.5)).toBeUndefined();
    expect(await reply(provider, disputeId, true, 1.5)).toBe('NOT_ALLOWED_NOW');
    expect(await propose(provider, disputeId, 0.25)).toBeUndefined();
    expect(await neighbourhood.disputeRow(requester, disputeId)).toMatchObject({
      proposedRefundHours: 0.25,
      proposedBy: provider.id,
    });
  });

  it('and a decision at the same moment: one wins, the other is told so', async () => {
    const disputeId = await neighbourhood.dispute(requester, requestId);
    await propose(provider, disputeId, 1);

    const refusals = await Promise.all([
      reply(requester, disputeId, true, 1),
      decide(disputeId, 'REFUND_TO_REQUESTER'),
      decide(disputeId, 'PAY_TO_PROVIDER'),
    ]);

    expect(refusals.filter((code) => code === undefined)).toHaveLength(1);
    expect(refusals.filter((code) => code === 'ALREADY_ANSWERED')).toHaveLength(2);
    await vi.waitFor(
      async () => {
        const { getServiceRequest } = await requester.run<{ getServiceRequest: { status: string } }>(
          GET_REQUEST,
          { id: requestId },
        );
        expect(['PAID', 'REFUNDED']).toContain(getServiceRequest.status);
      },
      { timeout: 20_000 },
    );
  });
});

describe('openDispute', () => {
  it('answers with the dispute, on record at once', async () => {
    const { openDispute } = await requester.run<{ openDispute: DisputeState }>(OPEN_DISPUTE, {
      requestId,
      ...COMPLAINT,
    });
    expect(openDispute).toMatchObject({ requestId, amount: 2, pendingEvent: 'OPEN_DISPUTE' });
    expect(await neighbourhood.disputeRow(requester, openDispute.id)).toMatchObject({
      openedByRole: 'REQUESTER',
      statusBefore: 'IN_PROGRESS',
    });
    await neighbourhood.untilDispute(requester, openDispute.id, 'AWAITING_DECISION');
  });
});
