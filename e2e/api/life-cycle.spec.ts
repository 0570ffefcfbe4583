import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mayBe, TRANSITIONS } from '../../domain/life-cycle.ts';
import type { ActorRole, Transition } from '../../domain/life-cycle.ts';
import type { Member } from '../../dev/member.ts';
import { Neighbourhood } from './neighbourhood.ts';
import type { Offer } from './neighbourhood.ts';
import {
  ANSWER_SETTLEMENT,
  CANCEL,
  OPEN_DISPUTE,
  PROPOSE_SETTLEMENT,
  REQUEST_CHANGES,
  RESOLVE_DISPUTE,
  RESPOND,
  SUBMIT,
} from './operations.ts';

let neighbourhood: Neighbourhood;
let admin: Member;
let requester: Member;
let provider: Member;
let offer: Offer;
/** The function that fails for good, as a bug of ours would make it, and the step where it has more than one. */
let broken: { readonly title: string; readonly step?: string } | undefined;
/** Workflows begin when this is resolved. */
let gate: Promise<unknown> = Promise.resolve();
/** Where a dispute may be opened, and to where it may be dismissed. */
const AT_WORK = ['IN_PROGRESS', 'COMPLETED'];
const requests: { readonly id: string; readonly of: Member }[] = [];

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open({
    lambda: {
      onInvoke: async ({ title, event }, run) => {
        if (title === 'validate-service-request') await gate;
        const { step } = JSON.parse(event) as { step?: string };
        return broken?.title === title && (broken.step === undefined || broken.step === step)
          ? { kind: 'error', error: { errorType: 'TypeError', errorMessage: 'a bug', trace: [] } }
          : run();
      },
    },
  });
  admin = await neighbourhood.joinAsAdmin('Amira');
  requester = await neighbourhood.join('Rita');
  provider = await neighbourhood.join('Paul');
  offer = await neighbourhood.offer(provider);
});

afterEach(async () => {
  broken = undefined;
  await neighbourhood.expectBooksToBalance();
});

afterAll(() => neighbourhood.close());

/** A request of the requester's that the provider has been told of. */
async function submitted(): Promise<string> {
  const id = await neighbourhood.submit(requester, offer, { estimatedHours: 0.25 });
  requests.push({ id, of: requester });
  return id;
}

async function inProgress(): Promise<string> {
  const id = await submitted();
  await neighbourhood.accept(provider, id);
  return id;
}

async function delivered(): Promise<string> {
  const id = await inProgress();
  await neighbourhood.deliver(provider, id);
  return id;
}

const respond = (member: Member, requestId: string, response: string, round: number) =>
  member.run(RESPOND, { requestId, response, round });

/** A request with one counter-offer on the table: it is the requester's turn. */
async function negotiated(): Promise<string> {
  const id = await submitted();
  await neighbourhood.counter(provider, id, { round: 0, hours: 0.5 });
  return id;
}

describe('through the state machine, a request', () => {
  it('is declined', async () => {
    const requestId = await submitted();
    await provider.run(RESPOND, { requestId, response: 'REJECT' });
    await neighbourhood.until(requester, requestId, 'REJECTED');
  });

  it('is withdrawn', async () => {
    const requestId = await submitted();
    await requester.run(CANCEL, { requestId });
    await neighbourhood.until(requester, requestId, 'CANCELLED');
  });

  it('is called off', async () => {
    const requestId = await inProgress();
    await provider.run(CANCEL, { requestId });
    await neighbourhood.until(requester, requestId, 'CANCELLED');
  });

  it('is changed, and confirmed', async () => {
    const requestId = await delivered();
    await requester.run(REQUEST_CHANGES, { requestId, note: 'The gate too' });
    await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
    await neighbourhood.deliver(provider, requestId);
    await neighbourhood.confirm(requester, requestId);
  });

  it('is negotiated, and begun as agreed', async () => {
    const requestId = await negotiated();
    await neighbourhood.counter(requester, requestId, { round: 1, hours: 0.75 });
    await respond(provider, requestId, 'ACCEPT', 2);
    await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
  });

  it('is negotiated, and declined', async () => {
    const requestId = await negotiated();
    await respond(requester, requestId, 'REJECT', 1);
    await neighbourhood.until(requester, requestId, 'REJECTED');
  });

  it('is negotiated, and withdrawn', async () => {
    const requestId = await negotiated();
    await requester.run(CANCEL, { requestId });
    await neighbourhood.until(requester, requestId, 'CANCELLED');
  });

  it('is negotiated beyond what the requester has left', async () => {
    const thrifty = await neighbourhood.join('Thrifty');
    const requestId = await neighbourhood.submit(thrifty, offer);
    requests.push({ id: requestId, of: thrifty });
    await neighbourhood.counter(provider, requestId, { round: 0, hours: 5 });
    await neighbourhood.counter(thrifty, requestId, { round: 1, hours: 4 });
    await neighbourhood.submit(thrifty, offer, { estimatedHours: 7 });

    await respond(provider, requestId, 'ACCEPT', 2);

    await neighbourhood.until(provider, requestId, 'NEGOTIATING');
    expect(await neighbourhood.balance(thrifty)).toMatchObject({ availableBalance: 1, escrowedBalance: 9 });
  });

  it.each([
    ['REFUND_TO_REQUESTER', undefined, 'REFUNDED'],
    ['PAY_TO_PROVIDER', undefined, 'PAID'],
    ['PARTIAL_REFUND', 0.25, 'PAID'],
    ['DISMISS_DISPUTE', undefined, 'IN_PROGRESS'],
  ])('is disputed, and an admin decides %s', async (decision, refundHours, status) => {
    const requestId = await neighbourhood.atWork(requester, provider, { estimatedHours: 0.5 });
    requests.push({ id: requestId, of: requester });
    const disputeId = await neighbourhood.dispute(provider, requestId);
    await admin.run(RESOLVE_DISPUTE, { disputeId, decision, refundHours });
    await neighbourhood.until(requester, requestId, status);
  });

  it.each([
    [0, 'PAID'],
    [0.25, 'PAID'],
    [0.5, 'REFUNDED'],
  ])('is disputed, and settled by giving %d hours back', async (refundHours, status) => {
    const requestId = await neighbourhood.atWork(requester, provider, { estimatedHours: 0.5 });
    requests.push({ id: requestId, of: requester });
    const disputeId = await neighbourhood.dispute(requester, requestId);
    await provider.run(PROPOSE_SETTLEMENT, { disputeId, refundHours });
    await requester.run(ANSWER_SETTLEMENT, { disputeId, accept: true, refundHours });
    await neighbourhood.until(requester, requestId, status);
  });

  it('runs into its deadlines, whatever it waits for', async () => {
    const [unanswered, unagreed, undelivered, unconfirmed, undecided] = await Promise.all([
      submitted(),
      negotiated(),
      inProgress(),
      delivered(),
      inProgress(),
    ]);
    await neighbourhood.dispute(requester, undecided);

    await neighbourhood.advance('P31D');

    await neighbourhood.until(requester, unanswered, 'EXPIRED');
    await neighbourhood.until(requester, unagreed, 'EXPIRED');
    await neighbourhood.until(requester, undecided, 'REFUNDED');
    await neighbourhood.until(requester, undelivered, 'CANCELLED');
    await neighbourhood.until(requester, unconfirmed, 'PAID');
  });

  it('is refused when another one was quicker to hold the hours', async () => {
    const hasty = await neighbourhood.join('Hasty');
    const both = [0, 1].map(() => neighbourhood.submission(offer, { estimatedHours: 6 }));

    gate = Promise.all(both.map((submission) => hasty.run(SUBMIT, submission)));
    await gate;
    requests.push(...both.map(({ requestId }) => ({ id: requestId, of: hasty })));

    const statuses = await Promise.all(both.map(({ requestId }) => settled(hasty, requestId)));
    expect(statuses.sort()).toEqual(['AWAITING_RESPONSE', 'REJECTED']);
    expect(await neighbourhood.balance(hasty)).toMatchObject({ availableBalance: 4, escrowedBalance: 6 });
  });

  it.each([
    ['before its hours are held', 'create-escrow', 0],
    ['after its hours are held', 'notify-provider', 0],
  ])('gives every hour back when we fail for good %s', async (_, title, held) => {
    const submission = neighbourhood.submission(offer, { estimatedHours: 0.5 });
    const before = await neighbourhood.balance(requester);
    broken = { title };

    await requester.run(SUBMIT, submission);
    requests.push({ id: submission.requestId, of: requester });

    const { statusReason } = await neighbourhood.until(requester, submission.requestId, 'CANCELLED');
    expect(statusReason).toBe('SYSTEM_FAILURE');
    expect(await neighbourhood.balance(requester)).toMatchObject({
      availableBalance: before?.availableBalance,
      escrowedBalance: held,
    });
  });

  it('gives every hour back when we fail for good after it was disputed', async () => {
    const requestId = await inProgress();
    broken = { title: 'initiate-dispute', step: 'FREEZE' };

    await requester.run(OPEN_DISPUTE, { requestId, reason: 'Not done', statement: 'Nobody came.' });

    const { statusReason } = await neighbourhood.until(requester, requestId, 'REFUNDED');
    expect(statusReason).toBe('SYSTEM_FAILURE');
  });

  it('has now run every row of the life cycle, by whoever may bring it about', async () => {
    const timelines = await Promise.all(requests.map(({ id, of }) => neighbourhood.status(of, id)));
    const passed = timelines.flatMap(({ steps }) =>
      steps.map(({ event, status, actorRole }, index) => ({
        from: steps[index - 1]?.status ?? 'NEW',
        event,
        role: actorRole as ActorRole,
        to: status,
      })),
    );
    const wasRun = ({ from, event, by, to }: Transition) =>
      passed.some(
        (step) =>
          step.event === event &&
          mayBe(by, step.role) &&
          (to === 'BEFORE_DISPUTE' ? AT_WORK.includes(step.to) : step.to === to) &&
          (from as readonly string[]).includes(step.from),
      );

    const missing = TRANSITIONS.filter((row) => !wasRun(row));

    expect(missing.map(({ from, event, by, to }) => `${from.join('|')} ${event} by ${by} ${to}`)).toEqual([]);
  });
});

/** The status of a request that has either been refused or reached its provider. */
async function settled(member: Member, requestId: string): Promise<string> {
  for (;;) {
    const { status } = await neighbourhood.status(member, requestId);
    if (status === 'REJECTED' || status === 'AWAITING_RESPONSE') return status;
  }
}
