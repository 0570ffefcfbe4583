import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADMINS } from '../../domain/notifications.ts';
import { REQUESTER_ID } from '../../domain/samples.ts';
import { passesFilter, type SubscriptionFilter } from '../../local/appsync/filters/subscription-filter.ts';
import { JavaScriptRuntime } from '../../local/appsync/resolvers/javascript-runtime.ts';
import { createResolverHost } from '../../local/appsync/resolvers/resolver-host.ts';
import { ADMIN_GROUP } from './authority.ts';

const code = readFileSync(join(import.meta.dirname, 'resolvers/subscribe-progress.js'), 'utf8');
const runtime = new JavaScriptRuntime(() => undefined);

/** What the subscription of a caller lets through. */
async function filterFor(identity: object | null): Promise<SubscriptionFilter | undefined> {
  const context = { authMode: 'AMAZON_COGNITO_USER_POOLS' as const, subscription: {}, invalidations: [] };
  const info = {
    fieldName: 'onRequestProgress',
    parentTypeName: 'Subscription',
    appendError: () => undefined,
  };
  const host = createResolverHost(context, info, { now: () => 0 });
  await runtime.run(code, 'response', { identity, args: {}, stash: {} }, host);
  return (context.subscription as { filter?: SubscriptionFilter }).filter;
}

async function hears(identity: object, userId: string): Promise<boolean> {
  const filter = await filterFor(identity);
  if (!filter) throw new Error('The resolver set no filter');
  return passesFilter(filter, { userId });
}

describe('a subscription to progress', () => {
  const member = { sub: REQUESTER_ID, groups: null };
  const admin = { sub: REQUESTER_ID, groups: ['others', ADMIN_GROUP] };

  it.each([member, { sub: REQUESTER_ID, groups: ['others'] }])(
    'lets a member hear what is addressed to them, and nothing else: %j',
    async (identity) => {
      expect(await hears(identity, REQUESTER_ID)).toBe(true);
      expect(await hears(identity, 'somebody-else')).toBe(false);
      expect(await hears(identity, ADMINS)).toBe(false);
    },
  );

  it('lets an admin hear what is for all admins besides', async () => {
    expect(await hears(admin, REQUESTER_ID)).toBe(true);
    expect(await hears(admin, ADMINS)).toBe(true);
    expect(await hears(admin, 'somebody-else')).toBe(false);
  });

  it.each([null, {}, { sub: '', groups: [ADMIN_GROUP] }])(
    'is refused to nobody in particular: %j',
    async (identity) => {
      await expect(filterFor(identity)).rejects.toMatchObject({ errorType: 'Unauthorized' });
    },
  );
});
