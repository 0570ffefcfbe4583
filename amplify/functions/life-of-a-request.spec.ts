import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RequestJourney } from '../../dev/request-journey.ts';
import { startScratchDatabase, type ScratchDatabase } from '../../dev/scratch-database.ts';
import { DAY, HOUR, after } from '../../domain/instant.ts';
import type { Account } from '../../domain/ledger.ts';
import { SYSTEM, type RequestRecord } from '../../domain/request.ts';
import { NOW } from '../../domain/samples.ts';

let database: ScratchDatabase;
let journey: RequestJourney;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());
beforeEach(() => {
  journey = new RequestJourney(database, NOW);
});
afterEach(async () => {
  expect(await database.breaches()).toEqual([]);
});

const SYSTEM_FAILURE = { event: 'SYSTEM_FAILURE', actor: SYSTEM } as const;

async function hoursOf(userId: string) {
  const account = (await database.rows<Account>('userBalance')).find((row) => row.userId === userId);
  return account && { available: account.availableBalance, held: account.escrowedBalance };
}

const expectHours = async (
  { requesterId, providerId }: RequestRecord,
  requester: object,
  provider: object,
) => {
  expect(await hoursOf(requesterId)).toEqual(requester);
  expect(await hoursOf(providerId)).toEqual(provider);
};

const ALL_BACK = { available: 10, held: 0 };
const HELD = { available: 8, held: 2 };

describe('a request that goes well', () => {
  it('holds two hours, and pays them once the work is confirmed', async () => {
    const completed = await journey.completed();
    await expectHours(completed, HELD, ALL_BACK);

    const { requesterId, id } = completed;
    await journey.command('confirmServiceCompletion', requesterId, { requestId: id, note: 'Lovely' });
    const { outcome, decision } = await journey.process(id, 'CONFIRMATION');
    await journey.release(id, decision);

    expect(outcome).toBe('CONFIRM');
    expect(await journey.request(id)).toMatchObject({ status: 'PAID', revision: 8, statusReason: 'CONFIRM' });
    await expectHours(completed, { available: 8, held: 0 }, { available: 12, held: 0 });
  });

  it('tells both parties of every revision, and each of their hours', async () => {
    const { id, requesterId, providerId } = await journey.paid();
    const about = (kind: string) => journey.hints.filter(({ Detail }) => Detail['kind'] === kind);

    const revisions = about('REQUEST').filter(({ Detail }) => Detail['requestId'] === id);
    expect([...new Set(revisions.map(({ Detail }) => Detail['revision']))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(revisions.every(({ Detail }) => Detail['requesterId'] === requesterId)).toBe(true);
    expect(new Set(about('BALANCE').map(({ Detail }) => Detail['userId']))).toEqual(
      new Set([requesterId, providerId]),
    );
  });

  it('is paid when the requester stays silent, after reminders', async () => {
    const { id, requesterId } = await journey.completed();
    const outcomes: string[] = [];
    for (let left = 7 * DAY; outcomes.at(-1) !== 'TIMEOUT';) {
      const { outcome, decision, waitSeconds } = await journey.process(id, 'CONFIRMATION');
      outcomes.push(outcome);
      if (waitSeconds !== null) journey.now = after(journey.now, waitSeconds);
      left -= waitSeconds ?? 0;
      expect(left).toBeGreaterThanOrEqual(0);
      if (outcome === 'TIMEOUT') await journey.release(id, decision);
    }

    expect(outcomes).toEqual(['WAIT', 'REMIND', 'REMIND', 'TIMEOUT']);
    expect(await journey.request(id)).toMatchObject({ status: 'PAID', statusReason: 'TIMEOUT' });
    const told = await database.rows<{ userId: string; kind: string }>('notification');
    const reminders = told.filter(
      ({ userId, kind }) => userId === requesterId && kind === 'CONFIRMATION_DUE',
    );
    expect(reminders).toHaveLength(2);
  });

  it('goes back to work when changes are asked for', async () => {
    const { id, requesterId, providerId } = await journey.completed();
    await journey.command('requestChanges', requesterId, { requestId: id, note: 'The last verse' });
    const { outcome, waitSeconds } = await journey.process(id, 'CONFIRMATION');

    expect({ outcome, waitSeconds }).toEqual({ outcome: 'CHANGES', waitSeconds: 30 * DAY });
    expect(await journey.request(id)).toMatchObject({ status: 'IN_PROGRESS', changesRequested: 1 });
    await journey.command('markServiceDelivered', providerId, { requestId: id });
    expect(await journey.process(id, 'DELIVERY')).toMatchObject({ outcome: 'DELIVERED' });
  });
});

describe('a request that ends otherwise', () => {
  it('is REJECTED when the provider declines, and every hour goes back', async () => {
    const request = await journey.awaiting();
    await expectHours(request, HELD, ALL_BACK);
    const { id, providerId } = request;
    await journey.command('respondToServiceRequest', providerId, { requestId: id, response: 'REJECT' });
    const { decision } = await journey.process(id, 'PROVIDER_RESPONSE');
    await journey.cancel(id, decision);

    expect(await journey.request(id)).toMatchObject({ status: 'REJECTED', statusReason: 'REJECT' });
    await expectHours(request, ALL_BACK, ALL_BACK);
  });

  it('is CANCELLED when the requester withdraws', async () => {
    const { id, requesterId } = await journey.awaiting();
    await journey.command('cancelServiceRequest', requesterId, { requestId: id });
    const { decision } = await journey.process(id, 'PROVIDER_RESPONSE');
    await journey.cancel(id, decision);

    expect(await journey.request(id)).toMatchObject({ status: 'CANCELLED', statusReason: 'WITHDRAW' });
    expect(await hoursOf(requesterId)).toEqual(ALL_BACK);
  });

  it('EXPIRES when nobody answers in time', async () => {
    const { id, requesterId } = await journey.awaiting();
    journey.now = after(NOW, 48 * HOUR - 1);
    expect(await journey.process(id, 'PROVIDER_RESPONSE')).toMatchObject({ outcome: 'WAIT', waitSeconds: 1 });
    journey.now = after(NOW, 48 * HOUR);
    const { decision } = await journey.process(id, 'PROVIDER_RESPONSE');
    await journey.cancel(id, decision);

    expect(await journey.request(id)).toMatchObject({ status: 'EXPIRED', statusReason: 'TIMEOUT' });
    expect(await hoursOf(requesterId)).toEqual(ALL_BACK);
  });

  it.each(['CANNOT_DO', 'TIMEOUT'])('is CANCELLED when the work ends in %s', async (how) => {
    const { id, requesterId, providerId } = await journey.inProgress();
    if (how === 'TIMEOUT') journey.now = after(NOW, 30 * DAY);
    else await journey.command('cancelServiceRequest', providerId, { requestId: id, reason: 'I am ill' });
    const { decision } = await journey.process(id, 'DELIVERY');
    await journey.cancel(id, decision);

    expect(await journey.request(id)).toMatchObject({ status: 'CANCELLED', statusReason: how });
    expect(await hoursOf(requesterId)).toEqual(ALL_BACK);
  });

  it('is REJECTED when the offer changed before the validation', async () => {
    const { id, serviceId, providerId } = await journey.submitted();
    await journey.offer(providerId, { id: serviceId, active: false });

    expect(await journey.validate(id)).toEqual({ valid: false, revision: 3 });
    expect(await journey.request(id)).toMatchObject({
      status: 'REJECTED',
      statusReason: 'OFFER_UNAVAILABLE',
    });
  });

  it('is REJECTED when the hours went elsewhere before the hold', async () => {
    const first = await journey.submitted();
    await journey.validate(first.id);
    const rich = await journey.submitted();
    const { requesterId } = first;
    const { serviceId } = rich;
    const requestId = crypto.randomUUID();
    const other = { requestId, serviceId, estimatedHours: 9, rate: 1 };
    await journey.command('submitServiceRequest', requesterId, other);
    await journey.validate(requestId);
    await journey.hold(requestId);

    expect(await journey.hold(first.id)).toMatchObject({ held: false });
    expect(await journey.request(first.id)).toMatchObject({ statusReason: 'INSUFFICIENT_HOURS' });
    expect(await hoursOf(requesterId)).toEqual({ available: 1, held: 9 });
  });
});

describe('a failure of ours', () => {
  it('before the hold cancels the request', async () => {
    const { id, requesterId } = await journey.submitted();
    expect(await journey.cancel(id, SYSTEM_FAILURE)).toMatchObject({ todo: 'CLOSE' });
    expect(await journey.request(id)).toMatchObject({ status: 'CANCELLED', statusReason: 'SYSTEM_FAILURE' });
    expect(await hoursOf(requesterId)).toEqual(ALL_BACK);
  });

  it.each(['awaiting', 'inProgress', 'completed'] as const)(
    'gives the hours of a request back that is %s',
    async (stage) => {
      const { id, requesterId } = await journey[stage]();
      await journey.cancel(id, SYSTEM_FAILURE);
      expect(await journey.request(id)).toMatchObject({
        status: 'CANCELLED',
        statusReason: 'SYSTEM_FAILURE',
      });
      expect(await hoursOf(requesterId)).toEqual(ALL_BACK);
    },
  );

  it('refunds nothing once the requester has confirmed', async () => {
    const { id, requesterId } = await journey.completed();
    await journey.command('confirmServiceCompletion', requesterId, { requestId: id });
    expect(await journey.cancel(id, SYSTEM_FAILURE)).toMatchObject({ todo: 'PAY', revision: 7 });
    expect(await hoursOf(requesterId)).toEqual(HELD);
  });

  it('does not stand in the way of a confirmation that comes while it is compensated', async () => {
    const { id, requesterId } = await journey.completed();
    const step = { requestId: id, executionArn: 'arn', decision: SYSTEM_FAILURE };
    await journey.cancellation({ ...step, step: 'VALIDATE' }, NOW);
    await journey.cancellation({ ...step, step: 'PREPARE' }, NOW);
    await journey.command('confirmServiceCompletion', requesterId, { requestId: id });
    const commit = journey.cancellation({ ...step, step: 'COMMIT', revision: 7 }, NOW);
    await expect(commit).rejects.toMatchObject({ name: 'PaymentDecided' });

    const { decision } = await journey.process(id, 'CONFIRMATION');
    await journey.release(id, decision);
    expect(await journey.request(id)).toMatchObject({ status: 'PAID' });
  });

  it('refunds nothing that is paid, and pays nothing that is refunded', async () => {
    const paid = await journey.paid();
    await expect(journey.cancel(paid.id, SYSTEM_FAILURE)).rejects.toThrow('is paid');

    const { id, requesterId } = await journey.completed();
    await journey.cancel(id, SYSTEM_FAILURE);
    const confirmation = { event: 'CONFIRM', actor: { id: requesterId, role: 'REQUESTER' } } as const;
    await expect(journey.release(id, confirmation)).rejects.toThrow('CONFIRM pays nothing');
  });

  it('does not close what ended already, and repeats a refund as it was', async () => {
    const { id, serviceId, providerId } = await journey.submitted();
    await journey.offer(providerId, { id: serviceId, active: false });
    await journey.validate(id);
    expect(await journey.cancel(id, SYSTEM_FAILURE)).toMatchObject({ todo: 'NOTHING' });

    const awaiting = await journey.awaiting();
    await journey.cancel(awaiting.id, SYSTEM_FAILURE);
    expect(await journey.cancel(awaiting.id, SYSTEM_FAILURE)).toMatchObject({ todo: 'REFUND' });
    expect(await hoursOf(awaiting.requesterId)).toEqual(ALL_BACK);
  });

  it('does not pay for a decision that pays nothing', async () => {
    const { id, providerId } = await journey.inProgress();
    const delivered = { event: 'DELIVERED', actor: { id: providerId, role: 'PROVIDER' } } as const;
    await expect(journey.release(id, delivered)).rejects.toThrow('pays nothing');
  });
});
