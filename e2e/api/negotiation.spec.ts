import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../../dev/member.ts';
import { Neighbourhood, refusal } from './neighbourhood.ts';
import { CANCEL, RESPOND } from './operations.ts';

let neighbourhood: Neighbourhood;
let requester: Member;
let provider: Member;
let requestId: string;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open();
});
afterAll(() => neighbourhood.close());

/** Two new members, 10 hours each, and a request for 2 hours. */
beforeEach(async () => {
  [requester, provider] = [await neighbourhood.join('Rita'), await neighbourhood.join('Paul')];
  requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
});
afterEach(() => neighbourhood.expectBooksToBalance());

const answer = (member: Member, response: string, shown: Record<string, unknown> = {}) =>
  refusal(member, RESPOND, { requestId, response, ...shown });

const hoursOf = async (member: Member) => {
  const balance = await neighbourhood.balance(member);
  return { available: balance?.availableBalance, held: balance?.escrowedBalance };
};

describe('a negotiation', () => {
  it('of three rounds holds what was agreed, and pays just that', async () => {
    await neighbourhood.counter(provider, requestId, { round: 0, hours: 3, rate: 1.5 });
    await neighbourhood.counter(requester, requestId, { round: 1, hours: 3, rate: 1 });
    await neighbourhood.counter(provider, requestId, { round: 2, hours: 3, rate: 1.25 });
    expect(await hoursOf(requester)).toEqual({ available: 8, held: 2 });

    expect(await answer(requester, 'ACCEPT', { round: 3, hours: 3, rate: 1.25 })).toBeUndefined();
    const { steps } = await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
    expect(await hoursOf(requester)).toEqual({ available: 6.25, held: 3.75 });
    expect(
      steps.filter(({ hours }) => hours !== null).map(({ hours, rate, amount }) => [hours, rate, amount]),
    ).toEqual([
      [2, 1, 2],
      [3, 1.5, 4.5],
      [3, 1, 3],
      [3, 1.25, 3.75],
      [3, 1.25, 3.75],
    ]);

    await neighbourhood.deliver(provider, requestId);
    await neighbourhood.confirm(requester, requestId);
    expect(await hoursOf(provider)).toEqual({ available: 13.75, held: 0 });
  });

  it('to cheaper terms gives the difference back', async () => {
    await neighbourhood.counter(provider, requestId, { round: 0, hours: 0.5 });
    expect(await answer(requester, 'ACCEPT', { round: 1 })).toBeUndefined();
    await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
    expect(await hoursOf(requester)).toEqual({ available: 9.5, held: 0.5 });
  });

  it('refuses whoever is not asked, was shown other terms, or offers what is on the table', async () => {
    await neighbourhood.counter(provider, requestId, { round: 0, hours: 3 });

    expect(await answer(provider, 'ACCEPT')).toBe('NOT_YOUR_TURN');
    expect(await answer(provider, 'COUNTER_OFFER', { hours: 4 })).toBe('NOT_YOUR_TURN');
    expect(await answer(requester, 'ACCEPT', { round: 0 })).toBe('TERMS_CHANGED');
    expect(await answer(requester, 'ACCEPT', { round: 1, hours: 2 })).toBe('TERMS_CHANGED');
    expect(await answer(requester, 'ACCEPT', { round: 1, rate: 2 })).toBe('TERMS_CHANGED');
    expect(await answer(requester, 'COUNTER_OFFER', { round: 1, hours: 3 })).toBe('SAME_TERMS');
    expect(await answer(requester, 'COUNTER_OFFER', { round: 1 })).toBe('INVALID_HOURS');
    expect(await answer(requester, 'COUNTER_OFFER', { round: 1, hours: 0.1 })).toBe('INVALID_HOURS');
    expect(await answer(requester, 'COUNTER_OFFER', { round: 1, hours: 2, rate: 0 })).toBe('INVALID_RATE');
    expect(await hoursOf(requester)).toEqual({ available: 8, held: 2 });
  });

  it('refuses dearer terms that the requester cannot pay, and tells the provider nothing of it', async () => {
    await neighbourhood.counter(provider, requestId, { round: 0, hours: 11 });
    expect(await answer(requester, 'ACCEPT', { round: 1 })).toBe('INSUFFICIENT_HOURS');
    expect(await answer(requester, 'COUNTER_OFFER', { round: 1, hours: 10.25 })).toBe('INSUFFICIENT_HOURS');
    await neighbourhood.counter(requester, requestId, { round: 1, hours: 10 });
  });

  it('leaves the turn where it is when the hours have gone in between', async () => {
    await neighbourhood.counter(provider, requestId, { round: 0, hours: 6 });
    await neighbourhood.counter(requester, requestId, { round: 1, hours: 5 });
    const elsewhere = await neighbourhood.submit(requester, await neighbourhood.offer(provider), {
      estimatedHours: 6,
    });

    expect(await answer(provider, 'ACCEPT', { round: 2 })).toBeUndefined();
    await neighbourhood.until(provider, requestId, 'NEGOTIATING');
    const { steps, waitingFor } = await neighbourhood.status(provider, requestId);
    expect(steps.at(-1)).toMatchObject({ event: 'HOURS_GONE', actorRole: 'SYSTEM' });
    expect(waitingFor).toBe('PROVIDER');
    expect(await hoursOf(requester)).toEqual({ available: 2, held: 8 });

    await requester.run(CANCEL, { requestId: elsewhere });
    await neighbourhood.until(requester, elsewhere, 'CANCELLED');
    expect(await answer(provider, 'ACCEPT', { round: 2 })).toBeUndefined();
    await neighbourhood.until(provider, requestId, 'IN_PROGRESS');
    expect(await hoursOf(requester)).toEqual({ available: 5, held: 5 });
  });

  it('has five rounds', async () => {
    for (const round of [0, 1, 2, 3, 4])
      await neighbourhood.counter(round % 2 === 0 ? provider : requester, requestId, {
        round,
        hours: 3 + round,
      });
    expect(await answer(requester, 'COUNTER_OFFER', { round: 5, hours: 2 })).toBe('TOO_MANY_ROUNDS');
    expect(await answer(requester, 'REJECT', { round: 5 })).toBeUndefined();
    await neighbourhood.until(requester, requestId, 'REJECTED');
    expect(await hoursOf(requester)).toEqual({ available: 10, held: 0 });
  });

  it('can be withdrawn by the requester when it is not their turn, and runs out after 48 hours', async () => {
    await neighbourhood.counter(provider, requestId, { round: 0, hours: 3 });
    await neighbourhood.counter(requester, requestId, { round: 1, hours: 2.5 });
    expect(await refusal(requester, CANCEL, { requestId })).toBeUndefined();
    await neighbourhood.until(requester, requestId, 'CANCELLED');

    const other = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    await neighbourhood.counter(provider, other, { round: 0, hours: 3 });
    await neighbourhood.advance('PT48H');
    await neighbourhood.until(requester, other, 'EXPIRED');
    expect(await hoursOf(requester)).toEqual({ available: 10, held: 0 });
  });
});
