import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Member, Progress } from '../../dev/member.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { CANCEL, GET_REQUEST, REQUEST_CHANGES, RESPOND } from './operations.ts';

let neighbourhood: Neighbourhood;
let requester: Member;
let provider: Member;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open();
  requester = await neighbourhood.join('Rita');
  provider = await neighbourhood.join('Paul');
});

afterEach(() => neighbourhood.expectBooksToBalance());

afterAll(() => neighbourhood.close());

describe('a request', () => {
  it('moves two hours from submit to paid, and tells both parties each step', async () => {
    const offer = await neighbourhood.offer(provider);
    const before = {
      requester: await neighbourhood.balance(requester),
      provider: await neighbourhood.balance(provider),
    };
    const hints: Record<'requester' | 'provider', Progress[]> = { requester: [], provider: [] };
    const stop = [
      requester.onProgress((hint) => hints.requester.push(hint)),
      provider.onProgress((hint) => hints.provider.push(hint)),
    ];

    const requestId = await neighbourhood.submit(requester, offer);
    expect(await neighbourhood.balance(requester)).toMatchObject({
      availableBalance: (before.requester?.availableBalance ?? 0) - 2,
      escrowedBalance: (before.requester?.escrowedBalance ?? 0) + 2,
    });
    await neighbourhood.accept(provider, requestId);
    await neighbourhood.deliver(provider, requestId);
    await neighbourhood.confirm(requester, requestId);

    const { steps, executionStatus } = await vi.waitFor(async () => {
      const status = await neighbourhood.status(requester, requestId);
      expect(status.executionStatus).toBe('SUCCEEDED');
      return status;
    });
    expect(executionStatus).toBe('SUCCEEDED');
    expect(steps.map(({ status }) => status)).toEqual([
      'INITIATED',
      'VALIDATING',
      'ESCROWED',
      'AWAITING_RESPONSE',
      'ACCEPTED',
      'IN_PROGRESS',
      'COMPLETED',
      'PAID',
    ]);
    expect(await neighbourhood.balance(requester)).toMatchObject({
      totalBalance: (before.requester?.totalBalance ?? 0) - 2,
      escrowedBalance: before.requester?.escrowedBalance,
    });
    expect(await neighbourhood.balance(provider)).toMatchObject({
      availableBalance: (before.provider?.availableBalance ?? 0) + 2,
    });
    await vi.waitFor(() => {
      for (const party of ['requester', 'provider'] as const)
        expect(hints[party].some((hint) => hint.requestId === requestId && hint.revision === 8)).toBe(true);
    });
    for (const hint of hints.requester) expect(hint.userId).toBe(requester.id);
    for (const hint of hints.provider) expect(hint.userId).toBe(provider.id);
    for (const unsubscribe of stop) unsubscribe();
  });

  it('that the provider declines gives the hours back', async () => {
    const offer = await neighbourhood.offer(provider);
    const before = await neighbourhood.balance(requester);
    const requestId = await neighbourhood.submit(requester, offer);

    await provider.run(RESPOND, { requestId, response: 'REJECT', message: 'I am away that week.' });

    const { steps } = await neighbourhood.until(requester, requestId, 'REJECTED');
    expect(steps.at(-1)).toMatchObject({ actor: provider.id, note: 'I am away that week.' });
    expect(await neighbourhood.balance(requester)).toMatchObject({
      availableBalance: before?.availableBalance,
      escrowedBalance: before?.escrowedBalance,
    });
  });

  it('that the requester withdraws gives the hours back', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));

    await requester.run(CANCEL, { requestId, reason: 'Found somebody next door' });

    await neighbourhood.until(requester, requestId, 'CANCELLED');
  });

  it('that the provider cannot do after all gives the hours back', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    await neighbourhood.accept(provider, requestId);

    await provider.run(CANCEL, { requestId, reason: 'My car broke down' });

    await neighbourhood.until(requester, requestId, 'CANCELLED');
  });

  it('goes back to work when the requester asks for changes, and is paid after the second delivery', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    await neighbourhood.accept(provider, requestId);
    await neighbourhood.deliver(provider, requestId);

    await requester.run(REQUEST_CHANGES, { requestId, note: 'The hedge too, please' });
    await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
    await neighbourhood.deliver(provider, requestId);
    await neighbourhood.confirm(requester, requestId);
  });

  it('shows its parties what it is about, and who they are', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));

    const { getServiceRequest } = await provider.run<{ getServiceRequest: Record<string, unknown> }>(
      GET_REQUEST,
      { id: requestId },
    );

    expect(getServiceRequest).toMatchObject({
      status: 'AWAITING_RESPONSE',
      escrow: { status: 'ESCROWED', amount: 2 },
      service: { title: 'Help in the garden' },
      requester: { displayName: 'Rita' },
      provider: { displayName: 'Paul' },
    });
  });
});

describe('the clock', () => {
  it('expires a request that the provider has not answered, and gives the hours back', async () => {
    const newcomer = await neighbourhood.join('Nina');
    const requestId = await neighbourhood.submit(newcomer, await neighbourhood.offer(provider));

    await neighbourhood.advance('PT48H');

    const { steps } = await neighbourhood.until(newcomer, requestId, 'EXPIRED');
    expect(steps.at(-1)).toMatchObject({ actorRole: 'CLOCK' });
    expect(await neighbourhood.balance(newcomer)).toMatchObject({ availableBalance: 10, escrowedBalance: 0 });
  });

  it('cancels a request on which nobody acts for 30 days', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    await neighbourhood.accept(provider, requestId);

    await neighbourhood.advance('P30D');

    await neighbourhood.until(requester, requestId, 'CANCELLED');
  });

  it('takes seven days of silence after a delivery for a confirmation, with reminders before', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    await neighbourhood.accept(provider, requestId);
    await neighbourhood.deliver(provider, requestId);

    await neighbourhood.advance('P6DT12H');
    await vi.waitFor(async () => {
      const { notificationsByUser } = await requester.run<{
        notificationsByUser: { items: { kind: string; requestId: string }[] };
      }>(
        'query($userId: ID!) { notificationsByUser(userId: $userId, limit: 1000) { items { kind requestId } } }',
        {
          userId: requester.id,
        },
      );
      const reminders = notificationsByUser.items.filter(
        (item) => item.requestId === requestId && item.kind === 'CONFIRMATION_DUE',
      );
      expect(reminders.length).toBeGreaterThan(0);
    });
    await neighbourhood.until(requester, requestId, 'COMPLETED');
    await neighbourhood.advance('PT12H');

    const { steps } = await neighbourhood.until(requester, requestId, 'PAID');
    expect(steps.at(-1)).toMatchObject({ actorRole: 'CLOCK' });
  });
});
