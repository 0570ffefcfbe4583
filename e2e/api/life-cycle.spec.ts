import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TRANSITIONS } from '../../domain/life-cycle.ts';
import type { Transition } from '../../domain/life-cycle.ts';
import type { Member } from '../../dev/member.ts';
import { Neighbourhood } from './neighbourhood.ts';
import type { Offer } from './neighbourhood.ts';
import { CANCEL, REQUEST_CHANGES, RESPOND, SUBMIT } from './operations.ts';

let neighbourhood: Neighbourhood;
let requester: Member;
let provider: Member;
let offer: Offer;
/** The function that fails for good, as a bug of ours would make it. */
let broken: string | undefined;
/** Workflows begin when this is resolved. */
let gate: Promise<unknown> = Promise.resolve();
const requests: { readonly id: string; readonly of: Member }[] = [];

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open({
    lambda: {
      onInvoke: async ({ title }, run) => {
        if (title === 'validate-service-request') await gate;
        return title === broken
          ? { kind: 'error', error: { errorType: 'TypeError', errorMessage: 'a bug', trace: [] } }
          : run();
      },
    },
  });
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

  it('runs into its deadlines, whatever it waits for', async () => {
    const [unanswered, undelivered, unconfirmed] = await Promise.all([
      submitted(),
      inProgress(),
      delivered(),
    ]);

    await neighbourhood.advance('P30D');

    await neighbourhood.until(requester, unanswered, 'EXPIRED');
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
    broken = title;

    await requester.run(SUBMIT, submission);
    requests.push({ id: submission.requestId, of: requester });

    const { statusReason } = await neighbourhood.until(requester, submission.requestId, 'CANCELLED');
    expect(statusReason).toBe('SYSTEM_FAILURE');
    expect(await neighbourhood.balance(requester)).toMatchObject({
      availableBalance: before?.availableBalance,
      escrowedBalance: held,
    });
  });

  it('has now run every row of the life cycle that is built', async () => {
    const timelines = await Promise.all(requests.map(({ id, of }) => neighbourhood.status(of, id)));
    const passed = timelines.flatMap(({ steps }) =>
      steps.map(({ event, status }, index) => ({
        from: steps[index - 1]?.status ?? 'NEW',
        event,
        to: status,
      })),
    );
    const wasRun = ({ from, event, to }: Transition) =>
      passed.some(
        (step) => step.event === event && step.to === to && (from as readonly string[]).includes(step.from),
      );

    const missing = TRANSITIONS.filter((row) => !wasRun(row));

    expect(missing.map(({ from, event, to }) => `${from.join('|')} ${event} ${to}`)).toEqual([]);
  });
});

/** The status of a request that has either been refused or reached its provider. */
async function settled(member: Member, requestId: string): Promise<string> {
  for (;;) {
    const { status } = await neighbourhood.status(member, requestId);
    if (status === 'REJECTED' || status === 'AWAITING_RESPONSE') return status;
  }
}
