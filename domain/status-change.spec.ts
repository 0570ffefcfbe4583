import { describe, expect, it } from 'vitest';

import { parseHours, parseRate } from './hours.ts';
import { DAY, HOUR, after } from './instant.ts';
import { STATUSES, TRANSITIONS, findTransition, type ActorRole, type RequestEvent } from './life-cycle.ts';
import { CLOCK, SYSTEM, type Actor, type RequestRecord } from './request.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, sampleRequest } from './samples.ts';
import { changeStatus, paymentIsDecided, submissionStep } from './status-change.ts';

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

const LATER = after(NOW, HOUR);
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

  it('writes the whole request, step and notification of a change', () => {
    const before = sampleRequest({ status: 'AWAITING_RESPONSE', pendingEvent: 'TIMEOUT', expiresAt: NOW });
    const { pendingEvent: _carriedOut, expiresAt: _over, ...kept } = before;
    const changed = changeStatus(before, {
      event: 'TIMEOUT',
      actor: CLOCK,
      now: LATER,
      note: 'Nobody answered',
      statusReason: 'NO_ANSWER',
    });
    const request = { ...kept, status: 'EXPIRED', revision: 2, statusReason: 'NO_ANSWER', updatedAt: LATER };
    const told = (userId: string, otherId: string) => ({
      id: `${REQUEST_ID}#2#${userId}`,
      userId,
      kind: 'REQUEST_EXPIRED',
      requestId: REQUEST_ID,
      parameters: { title: 'Guitar lessons', hours: 2, otherId, statusReason: 'NO_ANSWER' },
      createdAt: LATER,
      updatedAt: LATER,
    });
    expect(changed).toStrictEqual({
      before,
      transition: findTransition('AWAITING_RESPONSE', 'TIMEOUT', 'CLOCK'),
      request,
      step: {
        id: `${REQUEST_ID}#2`,
        requestId: REQUEST_ID,
        requesterId: REQUESTER_ID,
        providerId: PROVIDER_ID,
        revision: 2,
        status: 'EXPIRED',
        event: 'TIMEOUT',
        actor: 'CLOCK',
        actorRole: 'CLOCK',
        at: LATER,
        note: 'Nobody answered',
        createdAt: LATER,
        updatedAt: LATER,
      },
      notifications: [told(REQUESTER_ID, PROVIDER_ID), told(PROVIDER_ID, REQUESTER_ID)],
    });
  });

  it('gives no reason and no note where none is given', () => {
    const { request, step } = move(sampleRequest({ status: 'ACCEPTED' }), 'START_WORK', SYSTEM);
    expect(request).not.toHaveProperty('statusReason');
    expect(step).not.toHaveProperty('note');
    expect(step).not.toHaveProperty('hours');
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
        expect.objectContaining({ name: 'PaymentDecided', message: `Request ${REQUEST_ID}` }),
      );
    const asked = { ...undecided, pendingEvent: 'CHANGES' } as const;
    expect(move(asked, 'SYSTEM_FAILURE', SYSTEM).request.status).toBe('CANCELLED');
  });

  it('starts no dispute over where it does not know where the request was', () => {
    const disputed = sampleRequest({ status: 'DISPUTED', disputeId: 'dispute-1' });
    expect(() => move(disputed, 'DISMISS_DISPUTE', admin)).toThrow(
      `Request ${REQUEST_ID} was in no status before its dispute`,
    );
  });

  it('writes the terms that an event settles', () => {
    const before = sampleRequest({ status: 'VALIDATING' });
    const terms = { escrowId: 'escrow-1', amount: parseHours(3) };
    const { request } = changeStatus(before, { event: 'HOLD_HOURS', actor: SYSTEM, now: NOW, terms });
    expect(request).toMatchObject({ escrowId: 'escrow-1', amount: 3 });
  });

  it.each([{}, { hours: OFFER.hours }, { rate: OFFER.rate }])('takes no counter-offer of %j', (terms) => {
    const before = sampleRequest({ status: 'AWAITING_RESPONSE' });
    const change = { event: 'COUNTER_OFFER', actor: provider, now: NOW, ...terms } as const;
    expect(() => changeStatus(before, change)).toThrow(
      `A counter-offer to request ${REQUEST_ID} names no terms`,
    );
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

describe('the terms of a negotiation', () => {
  const offered = {
    offeredHours: OFFER.hours,
    offeredRate: OFFER.rate,
    offeredAmount: parseHours(4.5),
  };
  const onTable = { hours: 3, rate: 1.5, amount: 4.5 };
  const negotiating = sampleRequest({ status: 'NEGOTIATING', negotiationRound: 1, ...offered });

  it('are put on the table by a counter-offer, and told in its step', () => {
    const before = sampleRequest({ status: 'AWAITING_RESPONSE' });
    const { request, step } = move(before, 'COUNTER_OFFER', provider);
    expect(request).toStrictEqual({
      ...before,
      ...offered,
      status: 'NEGOTIATING',
      negotiationRound: 1,
      revision: 2,
      expiresAt: after(NOW, 2 * DAY),
    });
    expect(step).toMatchObject(onTable);
  });

  it('stay there while the hours for them are gone, and the step tells none', () => {
    const { request, step } = move(negotiating, 'HOURS_GONE', SYSTEM);
    expect(request).toStrictEqual({ ...negotiating, shortfalls: 1, revision: 2 });
    for (const term of Object.keys(onTable)) expect(step).not.toHaveProperty(term);
  });

  it('are agreed by an acceptance, and are on the table no more', () => {
    const { request, step } = changeStatus(negotiating, {
      event: 'ACCEPT',
      actor: requester,
      now: NOW,
      terms: { amount: offered.offeredAmount },
    });
    const { offeredHours: _hours, offeredRate: _rate, offeredAmount: _amount, ...kept } = negotiating;
    expect(request).toStrictEqual({
      ...kept,
      status: 'ACCEPTED',
      agreedHours: 3,
      agreedRate: 1.5,
      amount: 4.5,
      revision: 2,
    });
    expect(step).toMatchObject({ hours: 3, rate: 1.5, amount: 4.5 });
  });

  it('are forgotten by a refusal', () => {
    const { request, step } = move(negotiating, 'REJECT', requester);
    const { offeredHours: _hours, offeredRate: _rate, offeredAmount: _amount, ...kept } = negotiating;
    expect(request).toStrictEqual({ ...kept, status: 'REJECTED', revision: 2 });
    expect(step).not.toHaveProperty('hours');
  });
});

describe('the first step', () => {
  const first = {
    id: `${REQUEST_ID}#1`,
    requestId: REQUEST_ID,
    requesterId: REQUESTER_ID,
    providerId: PROVIDER_ID,
    revision: 1,
    status: 'INITIATED',
    event: 'SUBMIT',
    actor: REQUESTER_ID,
    actorRole: 'REQUESTER',
    at: NOW,
    hours: 2,
    rate: 1,
    amount: 2,
    createdAt: NOW,
    updatedAt: NOW,
  };

  it('tells what was asked for, by whom, and what was said', () => {
    expect(submissionStep(sampleRequest(), 'On Sunday?')).toStrictEqual({ ...first, note: 'On Sunday?' });
  });

  it('says nothing where nothing was said', () => {
    expect(submissionStep(sampleRequest())).toStrictEqual(first);
  });
});

describe('a payment', () => {
  it.each([
    ['COMPLETED', 'CONFIRM', true],
    ['COMPLETED', 'TIMEOUT', true],
    ['COMPLETED', 'CHANGES', false],
    ['COMPLETED', undefined, false],
    ['AWAITING_RESPONSE', 'TIMEOUT', false],
    ['DISPUTED', 'PAY_TO_PROVIDER', true],
    ['DISPUTED', 'PARTIAL_REFUND', true],
    ['DISPUTED', 'SETTLE_PAY', true],
    ['DISPUTED', 'SETTLE_PARTIAL', true],
    ['DISPUTED', 'REFUND_TO_REQUESTER', false],
    ['DISPUTED', 'DISMISS_DISPUTE', false],
  ] as const)('of a request in %s with %s pending is decided: %s', (status, pendingEvent, decided) => {
    expect(paymentIsDecided({ status, ...(pendingEvent !== undefined && { pendingEvent }) })).toBe(decided);
  });
});
