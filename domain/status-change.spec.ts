import { describe, expect, it } from 'vitest';

import { parseHours, parseRate } from './hours.ts';
import { DAY, HOUR, after } from './instant.ts';
import { STATUSES, TRANSITIONS, type ActorRole, type RequestEvent } from './life-cycle.ts';
import { CLOCK, SYSTEM, type Actor, type RequestRecord } from './request.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, sampleRequest } from './samples.ts';
import { changeStatus } from './status-change.ts';

const requester: Actor = { id: REQUESTER_ID, role: 'REQUESTER' };
const provider: Actor = { id: PROVIDER_ID, role: 'PROVIDER' };
const admin: Actor = { id: 'an-admin', role: 'ADMIN' };
const ACTORS: Readonly<Record<ActorRole, Actor>> = {
  REQUESTER: requester,
  PROVIDER: provider,
  ADMIN: admin,
  SYSTEM,
  CLOCK,
};

const OFFER = { hours: parseHours(3), rate: parseRate(1.5) };

const move = (request: RequestRecord, event: RequestEvent, actor: Actor, now = NOW) =>
  changeStatus(request, { event, actor, now, ...(event === 'COUNTER_OFFER' && OFFER) });

describe('changeStatus', () => {
  it('carries an answer out: status, revision, deadline, timeline, and what was pending is done', () => {
    const before = sampleRequest({
      status: 'ACCEPTED',
      revision: 5,
      statusReason: 'old',
      pendingEvent: 'ACCEPT',
    });
    const { request, step } = move(before, 'START_WORK', SYSTEM);
    expect(request).toMatchObject({ status: 'IN_PROGRESS', revision: 6, expiresAt: after(NOW, 30 * DAY) });
    expect(request).not.toHaveProperty('pendingEvent');
    expect(request).not.toHaveProperty('statusReason');
    expect(step).toMatchObject({
      id: `${REQUEST_ID}#6`,
      status: 'IN_PROGRESS',
      event: 'START_WORK',
      actor: 'SYSTEM',
    });
  });

  it("gives the provider the provider's own time to respond", () => {
    const before = sampleRequest({ status: 'ESCROWED', responseTimeHours: 3 });
    const { request, notifications } = move(before, 'TELL_PROVIDER', SYSTEM);
    expect(request.expiresAt).toBe(after(NOW, 3 * HOUR));
    expect(notifications).toEqual([
      expect.objectContaining({
        id: `${REQUEST_ID}#2#${PROVIDER_ID}`,
        userId: PROVIDER_ID,
        kind: 'REQUEST_RECEIVED',
        parameters: { title: 'Guitar lessons', hours: 2, otherId: REQUESTER_ID, until: request.expiresAt },
      }),
    ]);
  });

  it('leaves no deadline where nobody is waited for', () => {
    const before = sampleRequest({ status: 'COMPLETED', expiresAt: after(NOW, DAY) });
    expect(move(before, 'CONFIRM', requester).request).not.toHaveProperty('expiresAt');
  });

  it('counts requests for changes', () => {
    const before = sampleRequest({ status: 'COMPLETED', changesRequested: 2 });
    expect(move(before, 'CHANGES', requester).request).toMatchObject({
      status: 'IN_PROGRESS',
      changesRequested: 3,
    });
  });

  it('keeps the turn and the deadline where the hours for a dearer offer are gone', () => {
    const expiresAt = after(NOW, HOUR);
    const before = sampleRequest({ status: 'NEGOTIATING', negotiationRound: 2, expiresAt });
    const { request } = move(before, 'HOURS_GONE', SYSTEM);
    expect(request).toMatchObject({ status: 'NEGOTIATING', negotiationRound: 2, expiresAt, shortfalls: 1 });
  });

  it('tells the party that did not act in a negotiation', () => {
    const before = sampleRequest({ status: 'NEGOTIATING', negotiationRound: 1 });
    const told = (actor: Actor) =>
      move(before, 'COUNTER_OFFER', actor).notifications.map(({ userId }) => userId);
    expect(told(requester)).toEqual([PROVIDER_ID]);
    expect(told(provider)).toEqual([REQUESTER_ID]);
  });

  it('goes on after a dismissed dispute where it was, with the time that was left', () => {
    const before = sampleRequest({ status: 'COMPLETED', expiresAt: after(NOW, 2 * DAY) });
    const disputed = move(before, 'OPEN_DISPUTE', provider).request;
    expect(disputed).toMatchObject({
      status: 'DISPUTED',
      disputesByProvider: 1,
      expiresAt: after(NOW, 30 * DAY),
    });
    const later = after(NOW, 9 * DAY);
    const { request } = move(disputed, 'DISMISS_DISPUTE', admin, later);
    expect(request).toMatchObject({ status: 'COMPLETED', expiresAt: after(later, 2 * DAY) });
    expect(request).not.toHaveProperty('secondsLeft');
    expect(request).not.toHaveProperty('statusBeforeDispute');
  });

  it('refunds nothing for a failure of ours once payment is decided', () => {
    const undecided = sampleRequest({ status: 'COMPLETED' });
    expect(move(undecided, 'SYSTEM_FAILURE', SYSTEM).request.status).toBe('CANCELLED');
    for (const pendingEvent of ['CONFIRM', 'TIMEOUT'] as const)
      expect(() => move({ ...undecided, pendingEvent }, 'SYSTEM_FAILURE', SYSTEM)).toThrow(
        expect.objectContaining({ name: 'PaymentDecided' }),
      );
    const asked = { ...undecided, pendingEvent: 'CHANGES' } as const;
    expect(move(asked, 'SYSTEM_FAILURE', SYSTEM).request.status).toBe('CANCELLED');
  });

  it('writes the terms that an event settles', () => {
    const before = sampleRequest({ status: 'VALIDATING' });
    const terms = { escrowId: 'escrow-1', amount: parseHours(3) };
    const { request } = changeStatus(before, { event: 'HOLD_HOURS', actor: SYSTEM, now: NOW, terms });
    expect(request).toMatchObject({ escrowId: 'escrow-1', amount: 3 });
  });

  it('does what the table says, and nothing that it does not', () => {
    const events = new Set(TRANSITIONS.map(({ event }) => event));
    for (const status of STATUSES)
      for (const event of events)
        for (const actor of Object.values(ACTORS)) {
          const request = sampleRequest({
            status,
            negotiationRound: 1,
            statusBeforeDispute: 'COMPLETED',
            disputeId: 'dispute-1',
          });
          const row = TRANSITIONS.find(
            ({ from, event: asked, by }) =>
              from.includes(status) &&
              asked === event &&
              (by === actor.role ||
                ((by === 'TURN' || by === 'BOTH') && ['REQUESTER', 'PROVIDER'].includes(actor.role))),
          );
          if (!row) expect(() => move(request, event, actor)).toThrow('cannot happen');
          else
            expect(move(request, event, actor).request.status).toBe(
              row.to === 'BEFORE_DISPUTE' ? 'COMPLETED' : row.to,
            );
        }
  });
});
