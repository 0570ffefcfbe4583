import { describe, expect, it } from 'vitest';

import { parseHours, parseRate } from './hours.ts';
import { findTransition, type ActorRole, type RequestEvent, type Status } from './life-cycle.ts';
import { ADMINS, adminReminder, notification, notificationsOf, otherParty } from './notifications.ts';
import type { RequestRecord } from './request.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, sampleRequest } from './samples.ts';

const LATER = '2026-11-26T10:00:00.000Z';
const ids = { requestId: REQUEST_ID, createdAt: NOW, updatedAt: NOW };
const offered = {
  offeredHours: parseHours(3),
  offeredRate: parseRate(1.5),
  offeredAmount: parseHours(4.5),
};

describe('a notification', () => {
  it('says what it is about and no more than there is', () => {
    expect(notification(sampleRequest({ revision: 3 }), 'REQUESTER', 'WORK_DELIVERED', NOW)).toStrictEqual({
      id: `${REQUEST_ID}#3#${REQUESTER_ID}`,
      userId: REQUESTER_ID,
      kind: 'WORK_DELIVERED',
      ...ids,
      parameters: { title: 'Guitar lessons', hours: 2, otherId: PROVIDER_ID },
    });
  });

  it('says which dispute, why, and until when', () => {
    const request = sampleRequest({
      disputeId: 'dispute-1',
      statusReason: 'INSUFFICIENT_HOURS',
      expiresAt: LATER,
    });
    expect(notification(request, 'PROVIDER', 'REQUEST_FAILED', NOW).parameters).toStrictEqual({
      title: 'Guitar lessons',
      hours: 2,
      otherId: REQUESTER_ID,
      disputeId: 'dispute-1',
      statusReason: 'INSUFFICIENT_HOURS',
      until: LATER,
    });
  });

  it('that reminds is another one each time', () => {
    expect(notification(sampleRequest(), 'REQUESTER', 'CONFIRMATION_DUE', NOW, 0).id).toBe(
      `${REQUEST_ID}#1#${REQUESTER_ID}#0`,
    );
    expect(notification(sampleRequest(), 'REQUESTER', 'CONFIRMATION_DUE', NOW, 2).id).toBe(
      `${REQUEST_ID}#1#${REQUESTER_ID}#2`,
    );
  });

  it('that reminds the admins is addressed to all of them, and names the provider', () => {
    const request = sampleRequest({ status: 'DISPUTED', revision: 7, disputeId: 'dispute-1' });
    expect(ADMINS).toBe('ADMINS');
    expect(adminReminder(request, 'DISPUTE_UNDECIDED', NOW, 2)).toStrictEqual({
      id: `${REQUEST_ID}#7#ADMINS#2`,
      userId: 'ADMINS',
      kind: 'DISPUTE_UNDECIDED',
      ...ids,
      parameters: {
        title: 'Guitar lessons',
        hours: 2,
        otherId: PROVIDER_ID,
        disputeId: 'dispute-1',
      },
    });
  });

  it('knows the one party from the other', () => {
    expect(otherParty('REQUESTER')).toBe('PROVIDER');
    expect(otherParty('PROVIDER')).toBe('REQUESTER');
  });
});

describe('who is told', () => {
  const told = (
    status: Status,
    event: RequestEvent,
    role: ActorRole,
    actorId: string,
    more: Partial<RequestRecord> = {},
    refundHours?: number,
  ) => {
    const row = findTransition(status, event, role);
    if (!row) throw new Error(`No ${event} in ${status}`);
    const hours = refundHours === undefined ? undefined : parseHours(refundHours);
    return notificationsOf(row, sampleRequest(more), actorId, NOW, hours).map(
      ({ userId, kind, parameters }) => [userId, kind, parameters.hours],
    );
  };

  it('is the party that did not act, of the hours that are offered', () => {
    expect(told('NEGOTIATING', 'COUNTER_OFFER', 'PROVIDER', PROVIDER_ID, offered)).toEqual([
      [REQUESTER_ID, 'COUNTER_OFFER_RECEIVED', 4.5],
    ]);
    expect(told('NEGOTIATING', 'COUNTER_OFFER', 'REQUESTER', REQUESTER_ID, offered)).toEqual([
      [PROVIDER_ID, 'COUNTER_OFFER_RECEIVED', 4.5],
    ]);
  });

  it('is both, of the hours that an offer asks for and that are not there', () => {
    expect(told('NEGOTIATING', 'HOURS_GONE', 'SYSTEM', 'SYSTEM', offered)).toEqual([
      [REQUESTER_ID, 'HOURS_SHORT', 4.5],
      [PROVIDER_ID, 'HOURS_SHORT', 4.5],
    ]);
  });

  it('is both, each of its part of a division', () => {
    expect(told('DISPUTED', 'PARTIAL_REFUND', 'ADMIN', 'admin-1', {}, 0.75)).toEqual([
      [REQUESTER_ID, 'HOURS_PARTLY_REFUNDED', 0.75],
      [PROVIDER_ID, 'HOURS_PARTLY_RECEIVED', 1.25],
    ]);
  });

  it('hears of the hours at stake where nothing says how they are divided', () => {
    expect(told('DISPUTED', 'PARTIAL_REFUND', 'ADMIN', 'admin-1')).toEqual([
      [REQUESTER_ID, 'HOURS_PARTLY_REFUNDED', 2],
      [PROVIDER_ID, 'HOURS_PARTLY_RECEIVED', 2],
    ]);
  });

  it('hears of the hours at stake of everything else, whatever was offered before', () => {
    expect(told('COMPLETED', 'TIMEOUT', 'CLOCK', 'CLOCK', offered)).toEqual([
      [REQUESTER_ID, 'HOURS_PAID', 2],
      [PROVIDER_ID, 'HOURS_RECEIVED', 2],
    ]);
    expect(told('ACCEPTED', 'START_WORK', 'SYSTEM', 'SYSTEM')).toEqual([]);
  });
});
