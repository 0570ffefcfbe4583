import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { RequestJourney } from '../../../dev/request-journey.ts';
import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { totalsBreaches } from '../../../dev/totals.ts';
import { after } from '../../../domain/instant.ts';
import { parseHours } from '../../../domain/hours.ts';
import { adjustment, hold, partialRefund, refund, release } from '../../../domain/posting.ts';
import { escrowIdOf, type RequestRecord } from '../../../domain/request.ts';
import { NOW, sampleEscrow, sampleRequest } from '../../../domain/samples.ts';
import type { MemberTotals, ServiceTotals } from '../../../domain/totals.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { paymentItems } from './totals-items.ts';
import { transact } from './transaction.ts';

let database: ScratchDatabase;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());

const totalsOfMember = async (memberId: string) =>
  (await database.rows<MemberTotals & { userId: string }>('memberStats')).find(
    ({ userId }) => userId === memberId,
  );
const totalsOfOffer = async (offerId: string) =>
  (await database.rows<ServiceTotals & { serviceId: string }>('serviceStats')).find(
    ({ serviceId }) => serviceId === offerId,
  );

const NO_RATINGS = { ratingSum: 0, ratingCount: 0 };

/** A request between members of its own. */
const newRequest = () =>
  sampleRequest({ requesterId: randomUUID(), providerId: randomUUID(), serviceId: randomUUID() });
const write = (request: RequestRecord, posting: ReturnType<typeof release>, now = NOW) =>
  transact(database.dynamo, paymentItems(database.tables, posting, request, now));

describe('a request that is paid', () => {
  it('counts for both members and the offer, with every field that the models require', async () => {
    const { requesterId, providerId, serviceId } = await new RequestJourney(database, NOW).paid();

    const stamps = { createdAt: NOW, updatedAt: NOW, ...NO_RATINGS };
    expect(await totalsOfMember(providerId)).toEqual({
      __typename: 'MemberStats',
      userId: providerId,
      servicesDelivered: 1,
      hoursGiven: 2,
      requestsPaid: 0,
      hoursReceived: 0,
      ...stamps,
    });
    expect(await totalsOfMember(requesterId)).toEqual({
      __typename: 'MemberStats',
      userId: requesterId,
      servicesDelivered: 0,
      hoursGiven: 0,
      requestsPaid: 1,
      hoursReceived: 2,
      ...stamps,
    });
    expect(await totalsOfOffer(serviceId)).toEqual({
      __typename: 'ServiceStats',
      serviceId,
      timesPaid: 1,
      hoursPaid: 2,
      ...stamps,
    });
  });

  it('is counted once, though its reply is lost and the step runs again', async () => {
    let lost = 0;
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
      const reply = await send();
      if (lost++ % 2 === 1) return reply;
      throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
    });
    const { providerId } = await new RequestJourney({ ...database, dynamo }, NOW).paid();
    expect(await totalsOfMember(providerId)).toMatchObject({ servicesDelivered: 1, hoursGiven: 2 });
    expect(await totalsBreaches(database)).toEqual([]);
  });

  it('adds to what was counted before, also at the same moment as others of its provider', async () => {
    const journey = new RequestJourney(database, NOW);
    const { providerId, serviceId } = await journey.paid();
    const ids = await Promise.all(Array.from({ length: 4 }, () => confirmed(journey, providerId, serviceId)));

    await Promise.all(ids.map(([id, decision]) => journey.release(id, decision)));

    expect(await totalsOfMember(providerId)).toMatchObject({ servicesDelivered: 5, hoursGiven: 10 });
    expect(await totalsOfOffer(serviceId)).toMatchObject({ timesPaid: 5, hoursPaid: 10 });
    expect(await totalsBreaches(database)).toEqual([]);
    expect(await database.breaches()).toEqual([]);
  });

  it('in part counts the part', async () => {
    const request = newRequest();
    await write(request, partialRefund(sampleEscrow(), parseHours(0.75), 'dispute'));
    expect(await totalsOfMember(request.providerId)).toMatchObject({
      servicesDelivered: 1,
      hoursGiven: 1.25,
    });
    expect(await totalsOfMember(request.requesterId)).toMatchObject({ requestsPaid: 1, hoursReceived: 1.25 });
    expect(await totalsOfOffer(request.serviceId)).toMatchObject({ timesPaid: 1, hoursPaid: 1.25 });
  });

  it('keeps the time when the totals began', async () => {
    const request = newRequest();
    await write(request, release(sampleEscrow()));
    await write(request, release(sampleEscrow()), after(NOW, 60));
    expect(await totalsOfOffer(request.serviceId)).toMatchObject({
      timesPaid: 2,
      createdAt: NOW,
      updatedAt: after(NOW, 60),
    });
  });

  it('is refused by a function that was not given the totals: hours are not paid uncounted', async () => {
    const journey = new RequestJourney(database, NOW);
    const { id, revision, requesterId } = await journey.completed();
    const escrow = await journey.ledger.escrow(escrowIdOf(id));
    if (!escrow) throw new Error('Nothing is held');
    const { memberStats: _members, serviceStats: _services, ...tables } = database.tables;
    const ledger = createLedgerWriter({ ...database, tables });
    const actor = { id: requesterId, role: 'REQUESTER' } as const;

    const posted = ledger.post(
      release(escrow),
      { now: NOW },
      { requestId: id, revision, event: 'CONFIRM', actor },
    );

    await expect(posted).rejects.toThrow('was not given the tables of totals');
    expect((await journey.request(id)).status).toBe('COMPLETED');
  });
});

describe('nothing is counted', () => {
  const escrow = sampleEscrow();

  it.each([
    ['a refund', refund(escrow)],
    ['a hold', hold({ escrowId: 'e', requestId: 'r', fromUserId: 'a', toUserId: 'b', hours: parseHours(2) })],
    ['an adjustment', adjustment({ id: 'a', userId: 'u', hours: parseHours(1), reason: 'A mistake' })],
  ])('of %s, also by a function without the totals', (_what, posting) => {
    expect(paymentItems({}, posting, sampleRequest(), NOW)).toEqual([]);
  });
});

/** A confirmed request to a provider who has one already, with what its workflow has decided. */
async function confirmed(journey: RequestJourney, providerId: string, serviceId: string) {
  const [id, requesterId] = [randomUUID(), await journey.member()];
  const submission = { requestId: id, serviceId, estimatedHours: 2, rate: 1 };
  await journey.command('submitServiceRequest', requesterId, submission);
  await journey.validate(id);
  await journey.hold(id);
  await journey.notify(id);
  await journey.command('respondToServiceRequest', providerId, { requestId: id, response: 'ACCEPT' });
  await journey.process(id, 'PROVIDER_RESPONSE');
  await journey.process(id, 'START_SERVICE');
  await journey.command('markServiceDelivered', providerId, { requestId: id });
  await journey.process(id, 'DELIVERY');
  await journey.command('confirmServiceCompletion', requesterId, { requestId: id });
  const { decision } = await journey.process(id, 'CONFIRMATION');
  return [id, decision] as const;
}
