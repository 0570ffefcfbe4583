import { describe, expect, it } from 'vitest';

import type { DisputeRecord } from './dispute.ts';
import { disputeChangeOf } from './dispute-change.ts';
import { NO_HOURS, parseHours } from './hours.ts';
import { DAY, after } from './instant.ts';
import type { ActorRole, RequestEvent } from './life-cycle.ts';
import type { RequestRecord } from './request.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, sampleRequest } from './samples.ts';
import { changeStatus, type StatusChange } from './status-change.ts';

const DISPUTE_ID = `dispute-${REQUEST_ID}-requester`;

const disputed = (overrides: Partial<RequestRecord> = {}) =>
  sampleRequest({
    status: 'DISPUTED',
    amount: parseHours(2),
    escrowId: `escrow-${REQUEST_ID}`,
    disputeId: DISPUTE_ID,
    statusBeforeDispute: 'COMPLETED',
    secondsLeft: 3 * DAY,
    ...overrides,
  });

const ACTORS: Readonly<Partial<Record<ActorRole, string>>> = {
  REQUESTER: REQUESTER_ID,
  PROVIDER: PROVIDER_ID,
  ADMIN: 'admin-1',
  CLOCK: 'CLOCK',
  SYSTEM: 'SYSTEM',
};

const happens = (
  request: RequestRecord,
  event: RequestEvent,
  role: ActorRole,
  more: Partial<StatusChange> = {},
) => changeStatus(request, { event, actor: { id: ACTORS[role] ?? '', role }, now: NOW, ...more });

describe('the dispute of a request', () => {
  it('waits for its decision from the moment that the request is stopped', () => {
    const { dispute, request } = happens(sampleRequest({ status: 'COMPLETED' }), 'OPEN_DISPUTE', 'REQUESTER');
    expect(request).toMatchObject({ disputeId: DISPUTE_ID, statusBeforeDispute: 'COMPLETED' });
    expect(dispute).toEqual({
      id: DISPUTE_ID,
      from: ['OPEN'],
      set: { status: 'AWAITING_DECISION', expiresAt: after(NOW, 30 * DAY), updatedAt: NOW },
    });
  });

  it('belongs to the party that opened it', () => {
    const { request } = happens(sampleRequest({ status: 'IN_PROGRESS' }), 'OPEN_DISPUTE', 'PROVIDER');
    expect(request.disputeId).toBe(`dispute-${REQUEST_ID}-provider`);
  });

  it.each<[RequestEvent, ActorRole, Partial<StatusChange>, Partial<DisputeRecord>]>([
    [
      'REFUND_TO_REQUESTER',
      'ADMIN',
      { note: 'Heard' },
      {
        status: 'RESOLVED',
        decision: 'REFUND_TO_REQUESTER',
        refundHours: parseHours(2),
        decidedBy: 'admin-1',
        decisionNote: 'Heard',
      },
    ],
    [
      'PAY_TO_PROVIDER',
      'ADMIN',
      {},
      { status: 'RESOLVED', decision: 'PAY_TO_PROVIDER', refundHours: NO_HOURS, decidedBy: 'admin-1' },
    ],
    [
      'PARTIAL_REFUND',
      'ADMIN',
      { refundHours: parseHours(0.75) },
      {
        status: 'RESOLVED',
        decision: 'PARTIAL_REFUND',
        refundHours: parseHours(0.75),
        decidedBy: 'admin-1',
      },
    ],
    [
      'SETTLE_REFUND',
      'PROVIDER',
      {},
      { status: 'SETTLED', refundHours: parseHours(2), decidedBy: PROVIDER_ID },
    ],
    ['SETTLE_PAY', 'REQUESTER', {}, { status: 'SETTLED', refundHours: NO_HOURS, decidedBy: REQUESTER_ID }],
    [
      'SETTLE_PARTIAL',
      'REQUESTER',
      { refundHours: parseHours(1) },
      { status: 'SETTLED', refundHours: parseHours(1), decidedBy: REQUESTER_ID },
    ],
    ['TIMEOUT', 'CLOCK', {}, { status: 'LAPSED', refundHours: parseHours(2), decidedBy: 'CLOCK' }],
    ['SYSTEM_FAILURE', 'SYSTEM', {}, { status: 'LAPSED', refundHours: parseHours(2), decidedBy: 'SYSTEM' }],
  ])('ends with %s', (event, role, more, end) => {
    expect(happens(disputed(), event, role, more).dispute).toStrictEqual({
      id: DISPUTE_ID,
      from: ['AWAITING_DECISION'],
      set: { ...end, decidedAt: NOW, updatedAt: NOW },
    });
  });

  it('that is dismissed sets the hours free', () => {
    expect(happens(disputed(), 'DISMISS_DISPUTE', 'ADMIN').dispute).toStrictEqual({
      id: DISPUTE_ID,
      from: ['AWAITING_DECISION'],
      set: {
        status: 'DISMISSED',
        decision: 'DISMISS_DISPUTE',
        decidedBy: 'admin-1',
        decidedAt: NOW,
        updatedAt: NOW,
      },
      unfreezes: `escrow-${REQUEST_ID}`,
    });
  });

  it('that never began lapses with the failure that kept it from beginning', () => {
    const opening = sampleRequest({
      status: 'IN_PROGRESS',
      pendingEvent: 'OPEN_DISPUTE',
      disputeId: DISPUTE_ID,
    });
    expect(happens(opening, 'SYSTEM_FAILURE', 'SYSTEM').dispute).toMatchObject({
      from: ['OPEN'],
      set: { status: 'LAPSED' },
    });
  });

  it('that divides says nothing of hours where nothing does', () => {
    expect(happens(disputed(), 'PARTIAL_REFUND', 'ADMIN').dispute?.set).not.toHaveProperty('refundHours');
  });

  it('sets nothing free where nothing was held', () => {
    const { escrowId: _none, ...unheld } = disputed();
    expect(happens(unheld, 'DISMISS_DISPUTE', 'ADMIN').dispute).not.toHaveProperty('unfreezes');
  });

  it('waits without a deadline where its request has none', () => {
    const before = sampleRequest({ status: 'COMPLETED' });
    const { expiresAt: _none, ...endless } = disputed();
    const happening = {
      event: 'OPEN_DISPUTE',
      actor: { id: REQUESTER_ID, role: 'REQUESTER' },
      now: NOW,
    } as const;
    expect(disputeChangeOf(before, endless, happening)?.set).toStrictEqual({
      status: 'AWAITING_DECISION',
      updatedAt: NOW,
    });
    const { disputeId: _nameless, ...unnamed } = disputed();
    expect(() => disputeChangeOf(before, unnamed, happening)).toThrow(
      `Request ${REQUEST_ID} names no dispute`,
    );
  });

  it('is no matter of anything else', () => {
    const dismissed = sampleRequest({ status: 'COMPLETED', disputeId: DISPUTE_ID });
    expect(happens(dismissed, 'CONFIRM', 'REQUESTER').dispute).toBeUndefined();
  });

  it('is named, or nothing is done', () => {
    const { disputeId: _nameless, ...request } = disputed();
    expect(() => happens(request, 'PAY_TO_PROVIDER', 'ADMIN')).toThrow('names no dispute');
  });

  it('tells each party what it gets of a division', () => {
    const { notifications } = happens(disputed(), 'PARTIAL_REFUND', 'ADMIN', {
      refundHours: parseHours(0.75),
    });
    expect(notifications.map(({ userId, kind, parameters }) => [userId, kind, parameters.hours])).toEqual([
      [REQUESTER_ID, 'HOURS_PARTLY_REFUNDED', 0.75],
      [PROVIDER_ID, 'HOURS_PARTLY_RECEIVED', 1.25],
    ]);
    expect(notifications[0]?.parameters.disputeId).toBe(DISPUTE_ID);
  });
});
