import { describe, expect, it } from 'vitest';

import { allowedActions, checkCommand, checkEvent, waitingFor } from './actions.ts';
import {
  MAX_CHANGES,
  MAX_ROUNDS,
  MAX_SHORTFALLS,
  STATUSES,
  TRANSITIONS,
  isTerminal,
  type ActorRole,
  type RequestEvent,
  type Status,
} from './life-cycle.ts';
import type { RequestRecord } from './request.ts';
import { PROVIDER_ID, REQUESTER_ID, STRANGER_ID, sampleRequest } from './samples.ts';

const eventsOf = (...asked: Parameters<typeof allowedActions>) =>
  allowedActions(...asked).map(({ event }) => event);

describe('allowedActions', () => {
  it.each<[Status, RequestEvent[], RequestEvent[]]>([
    ['INITIATED', [], []],
    ['ESCROWED', [], []],
    ['AWAITING_RESPONSE', ['WITHDRAW'], ['ACCEPT', 'REJECT', 'COUNTER_OFFER']],
    ['IN_PROGRESS', ['OPEN_DISPUTE'], ['DELIVERED', 'CANNOT_DO', 'OPEN_DISPUTE']],
    ['COMPLETED', ['CONFIRM', 'CHANGES', 'OPEN_DISPUTE'], ['OPEN_DISPUTE']],
    ['PAID', [], []],
  ])('in %s: requester %j, provider %j', (status, requester, provider) => {
    expect(eventsOf(sampleRequest({ status }), 'REQUESTER')).toEqual(requester);
    expect(eventsOf(sampleRequest({ status }), 'PROVIDER')).toEqual(provider);
  });

  it('shows none while an answer is carried out', () => {
    const request = sampleRequest({ status: 'AWAITING_RESPONSE', pendingEvent: 'ACCEPT' });
    expect(allowedActions(request, 'PROVIDER')).toEqual([]);
    expect(allowedActions(request, 'REQUESTER')).toEqual([]);
  });

  it('lets the turn of a negotiation answer, and the requester withdraw at any time', () => {
    const round = (negotiationRound: number) => sampleRequest({ status: 'NEGOTIATING', negotiationRound });
    expect(eventsOf(round(1), 'REQUESTER')).toEqual(['ACCEPT', 'REJECT', 'COUNTER_OFFER', 'WITHDRAW']);
    expect(eventsOf(round(1), 'PROVIDER')).toEqual([]);
    expect(eventsOf(round(2), 'PROVIDER')).toEqual(['ACCEPT', 'REJECT', 'COUNTER_OFFER']);
    expect(eventsOf(round(5), 'REQUESTER')).not.toContain('COUNTER_OFFER');
  });

  it('lets each party open one dispute', () => {
    const request = sampleRequest({ status: 'COMPLETED', disputesByRequester: 1 });
    expect(eventsOf(request, 'REQUESTER')).not.toContain('OPEN_DISPUTE');
    expect(eventsOf(request, 'PROVIDER')).toContain('OPEN_DISPUTE');
  });

  it.each<[ActorRole, RequestEvent[]]>([
    ['REQUESTER', ['SETTLE_REFUND', 'SETTLE_PAY', 'SETTLE_PARTIAL']],
    ['PROVIDER', ['SETTLE_REFUND', 'SETTLE_PAY', 'SETTLE_PARTIAL']],
    ['ADMIN', ['REFUND_TO_REQUESTER', 'PAY_TO_PROVIDER', 'PARTIAL_REFUND', 'DISMISS_DISPUTE']],
  ])('lets both parties settle a dispute and an admin decide it: %s %j', (role, events) => {
    expect(eventsOf(sampleRequest({ status: 'DISPUTED' }), role)).toEqual(events);
  });

  it.each(['SYSTEM', 'CLOCK'] as const)('shows nothing to the %s: it presses no button', (role) => {
    for (const status of STATUSES) expect(allowedActions(sampleRequest({ status }), role)).toEqual([]);
  });

  it('says of an action by which operation it is done and where it leads', () => {
    expect(allowedActions(sampleRequest({ status: 'AWAITING_RESPONSE' }), 'REQUESTER')).toEqual([
      { event: 'WITHDRAW', operation: 'cancelServiceRequest', to: 'CANCELLED' },
    ]);
  });

  it('agrees with checkCommand on what a party may do', () => {
    for (const status of STATUSES)
      for (const [role, memberId] of [
        ['REQUESTER', REQUESTER_ID],
        ['PROVIDER', PROVIDER_ID],
      ] as const)
        for (const event of new Set(TRANSITIONS.map((row) => row.event))) {
          if (event === 'SUBMIT') continue;
          const request = sampleRequest({ status });
          let permitted = true;
          try {
            checkCommand(request, memberId, event);
          } catch {
            permitted = false;
          }
          expect(eventsOf(request, role).includes(event), `${event} by ${role} in ${status}`).toBe(permitted);
        }
  });
});

describe('checkCommand', () => {
  it.each<[string, RequestEvent, string, Status, string]>([
    ['a stranger confirms', 'CONFIRM', STRANGER_ID, 'COMPLETED', 'NOT_FOUND'],
    ['the requester accepts', 'ACCEPT', REQUESTER_ID, 'AWAITING_RESPONSE', 'NOT_YOUR_TURN'],
    ['the provider confirms', 'CONFIRM', PROVIDER_ID, 'COMPLETED', 'NOT_YOUR_TURN'],
    ['withdrawn before it was held', 'WITHDRAW', REQUESTER_ID, 'VALIDATING', 'TRY_AGAIN'],
    ['accepted before the provider was told', 'ACCEPT', PROVIDER_ID, 'ESCROWED', 'TRY_AGAIN'],
    ['delivered just after the acceptance', 'DELIVERED', PROVIDER_ID, 'ACCEPTED', 'TRY_AGAIN'],
    ['confirmed before delivery', 'CONFIRM', REQUESTER_ID, 'IN_PROGRESS', 'NOT_ALLOWED_NOW'],
    ['delivered before acceptance', 'DELIVERED', PROVIDER_ID, 'AWAITING_RESPONSE', 'NOT_ALLOWED_NOW'],
    ['accepted twice', 'ACCEPT', PROVIDER_ID, 'IN_PROGRESS', 'ALREADY_ANSWERED'],
    ['declined twice', 'REJECT', PROVIDER_ID, 'REJECTED', 'ALREADY_ANSWERED'],
    ['delivered twice', 'DELIVERED', PROVIDER_ID, 'COMPLETED', 'ALREADY_ANSWERED'],
    ['confirmed twice', 'CONFIRM', REQUESTER_ID, 'PAID', 'ALREADY_ANSWERED'],
    ['accepted after it expired', 'ACCEPT', PROVIDER_ID, 'EXPIRED', 'NOT_ALLOWED_NOW'],
    ['withdrawn once the work is done', 'WITHDRAW', REQUESTER_ID, 'COMPLETED', 'NOT_ALLOWED_NOW'],
    ['disputed just after the acceptance', 'OPEN_DISPUTE', REQUESTER_ID, 'ACCEPTED', 'TRY_AGAIN'],
    ['accepted again once delivered', 'ACCEPT', PROVIDER_ID, 'COMPLETED', 'ALREADY_ANSWERED'],
    ['the other party answers a round', 'ACCEPT', PROVIDER_ID, 'NEGOTIATING', 'NOT_YOUR_TURN'],
    ['an event that no member brings about', 'TIMEOUT', PROVIDER_ID, 'AWAITING_RESPONSE', 'NOT_YOUR_TURN'],
  ])('%s: refused', (_, event, memberId, status, code) => {
    const check = () => checkCommand(sampleRequest({ status, negotiationRound: 1 }), memberId, event);
    expect(check).toThrow(expect.objectContaining({ code }));
  });

  it('refuses every command while an answer is carried out', () => {
    const request = sampleRequest({ status: 'COMPLETED', pendingEvent: 'CONFIRM' });
    for (const event of ['CONFIRM', 'CHANGES'] as const)
      expect(() => checkCommand(request, REQUESTER_ID, event)).toThrow(
        expect.objectContaining({ code: 'ALREADY_ANSWERED' }),
      );
  });

  it('tells whose turn it never is so, even while an answer is carried out', () => {
    const request = sampleRequest({ status: 'COMPLETED', pendingEvent: 'CONFIRM' });
    expect(() => checkCommand(request, PROVIDER_ID, 'CONFIRM')).toThrow(
      expect.objectContaining({ code: 'NOT_YOUR_TURN' }),
    );
  });

  it.each<Status>([
    'INITIATED',
    'VALIDATING',
    'ESCROWED',
    'AWAITING_RESPONSE',
    'ACCEPTED',
    'IN_PROGRESS',
    'COMPLETED',
    'PAID',
  ])('knows a request in %s as submitted, and submits it no second time', (status) => {
    expect(() => checkCommand(sampleRequest({ status }), REQUESTER_ID, 'SUBMIT')).toThrow(
      expect.objectContaining({ code: 'ALREADY_ANSWERED' }),
    );
  });

  it.each<[RequestEvent, string, Partial<RequestRecord>, string]>([
    [
      'COUNTER_OFFER',
      REQUESTER_ID,
      { status: 'NEGOTIATING', negotiationRound: MAX_ROUNDS },
      'TOO_MANY_ROUNDS',
    ],
    [
      'ACCEPT',
      REQUESTER_ID,
      { status: 'NEGOTIATING', negotiationRound: 1, shortfalls: MAX_SHORTFALLS },
      'INSUFFICIENT_HOURS',
    ],
    ['OPEN_DISPUTE', REQUESTER_ID, { status: 'COMPLETED', disputesByRequester: 1 }, 'TOO_MANY_DISPUTES'],
    ['OPEN_DISPUTE', PROVIDER_ID, { status: 'IN_PROGRESS', disputesByProvider: 1 }, 'TOO_MANY_DISPUTES'],
  ])('refuses %s at its limit by the name of the limit', (event, memberId, counted, code) => {
    expect(() => checkCommand(sampleRequest(counted), memberId, event)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('refuses a request for changes beyond the limit', () => {
    const asked = (changesRequested: number) => sampleRequest({ status: 'COMPLETED', changesRequested });
    expect(checkCommand(asked(MAX_CHANGES - 1), REQUESTER_ID, 'CHANGES').to).toBe('IN_PROGRESS');
    expect(() => checkCommand(asked(MAX_CHANGES), REQUESTER_ID, 'CHANGES')).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_CHANGES' }),
    );
  });
});

describe('checkEvent', () => {
  it('takes a refusal by the system for no answer of the clock', () => {
    expect(() => checkEvent(sampleRequest({ status: 'REJECTED' }), 'CLOCK', 'TIMEOUT')).toThrow(
      expect.objectContaining({ code: 'NOT_ALLOWED_NOW' }),
    );
  });
});

describe('waitingFor', () => {
  it.each(STATUSES)('says for %s who acts next', (status) => {
    const expected: Partial<Record<Status, string>> = {
      AWAITING_RESPONSE: 'PROVIDER',
      NEGOTIATING: 'REQUESTER',
      IN_PROGRESS: 'PROVIDER',
      COMPLETED: 'REQUESTER',
      DISPUTED: 'ADMIN',
    };
    const request = sampleRequest({ status, negotiationRound: 1 });
    expect(waitingFor(request)).toBe(expected[status] ?? (isTerminal(status) ? 'NOBODY' : 'SYSTEM'));
    expect(waitingFor({ ...request, pendingEvent: 'ACCEPT' })).toBe(isTerminal(status) ? 'NOBODY' : 'SYSTEM');
  });
});
