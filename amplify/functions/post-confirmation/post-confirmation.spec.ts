import type { Context, PostConfirmationTriggerEvent } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import type { Hint } from '../shared/events.ts';
import { postConfirmation } from './post-confirmation.ts';

const confirmed = (
  userAttributes: Record<string, string>,
  triggerSource = 'PostConfirmation_ConfirmSignUp',
) =>
  ({
    triggerSource,
    userName: 'sub-1',
    request: { userAttributes },
  }) as unknown as PostConfirmationTriggerEvent;

async function run(event: PostConfirmationTriggerEvent) {
  const hints: Hint[] = [];
  const emit = (...more: readonly Hint[]) => Promise.resolve(void hints.push(...more));
  expect(await postConfirmation(emit)(event, {} as Context)).toBe(event);
  return hints;
}

describe('a confirmed sign-up', () => {
  it('is told to the bus with the name that others will see', async () => {
    const [hint] = await run(confirmed({ sub: 'sub-1', email: 'ana@example.org', nickname: ' Ana ' }));
    expect(hint).toMatchObject({
      Source: 'hourbank.balances',
      DetailType: 'Member Confirmed',
      Detail: {
        eventId: 'welcome-sub-1',
        userId: 'sub-1',
        displayName: 'Ana',
        transactionType: 'WELCOME_BONUS',
      },
    });
  });

  it.each([
    ['no name', { email: 'ana@example.org' }],
    ['an empty name', { nickname: '  ' }],
    ['an e-mail address for a name', { nickname: 'ana@example.org', name: 'ana@example.org' }],
  ])('with %s gets a neutral one, never the e-mail address', async (_what, attributes) => {
    const hints = await run(confirmed({ sub: 'sub-1', ...attributes }));
    expect(hints[0]?.Detail['displayName']).toBe('New member');
    expect(JSON.stringify(hints)).not.toContain('example.org');
  });

  it('is no business of a forgotten password', async () => {
    expect(await run(confirmed({ sub: 'sub-1' }, 'PostConfirmation_ConfirmForgotPassword'))).toEqual([]);
  });

  it('stands though the bus is not reached', async () => {
    const event = confirmed({ sub: 'sub-1' });
    const trigger = postConfirmation(vi.fn().mockRejectedValue(new Error('no bus')));
    expect(await trigger(event, {} as Context)).toBe(event);
  });
});
