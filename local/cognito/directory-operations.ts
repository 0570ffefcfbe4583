import * as z from 'zod/mini';
import type { AwsOperation } from '../gateway/aws-service.ts';
import { invalidParameter } from './cognito-errors.ts';
import { page, poolOperation, text } from './cognito-operation.ts';
import type { CognitoParts } from './cognito-parts.ts';
import type { GroupConfig } from './pool-config.ts';
import { parseUserFilter } from './user-filter.ts';
import type { UserPool } from './user-pool.ts';
import { describeUser, type User } from './user.ts';

const LONGEST_PAGE = 60;
const membership = { UserPoolId: text, Username: text, GroupName: text };

/** Who is there, and in which groups. */
export function directoryOperations({ pools, store }: CognitoParts): Record<string, AwsOperation> {
  return {
    ListUsers: poolOperation(
      pools,
      'ListUsers',
      {
        UserPoolId: text,
        Filter: z.optional(z.string()),
        AttributesToGet: z.optional(z.array(text)),
        Limit: page.Limit,
        PaginationToken: z.optional(text),
      },
      (pool, input) => {
        const users = pool.users().filter(parseUserFilter(input.Filter ?? ''));
        const { items, next } = pageOf(users, (user) => user.username, input.Limit, input.PaginationToken);
        const wanted = input.AttributesToGet;
        return {
          Users: items.map(describeUser).map((user) => ({
            ...user,
            Attributes: user.Attributes.filter(({ Name }) => wanted?.includes(Name) ?? true),
          })),
          ...(next !== undefined && { PaginationToken: next }),
        };
      },
    ),

    ListGroups: poolOperation(pools, 'ListGroups', { UserPoolId: text, ...page }, (pool, input) =>
      groupPage(pool, [...pool.config.groups], input),
    ),

    ListUsersInGroup: poolOperation(
      pools,
      'ListUsersInGroup',
      { UserPoolId: text, GroupName: text, ...page },
      (pool, input) => {
        const { name } = pool.group(input.GroupName);
        const isMember = (user: User) => pool.groupsOf(user).some((group) => group.name === name);
        const members = pool.users().filter(isMember);
        const { items, next } = pageOf(members, (user) => user.username, input.Limit, input.NextToken);
        return { Users: items.map(describeUser), ...(next !== undefined && { NextToken: next }) };
      },
    ),

    AdminListGroupsForUser: poolOperation(
      pools,
      'AdminListGroupsForUser',
      { UserPoolId: text, Username: text, ...page },
      (pool, input) => groupPage(pool, pool.groupsOf(pool.get(input.Username)), input),
    ),

    AdminAddUserToGroup: poolOperation(pools, 'AdminAddUserToGroup', membership, (pool, input) => {
      const { username } = pool.get(input.Username);
      store.addToGroup(pool.id, pool.group(input.GroupName).name, username);
      return {};
    }),

    AdminRemoveUserFromGroup: poolOperation(pools, 'AdminRemoveUserFromGroup', membership, (pool, input) => {
      const { username } = pool.get(input.Username);
      store.removeFromGroup(pool.id, pool.group(input.GroupName).name, username);
      return {};
    }),
  };
}

function groupPage(
  pool: UserPool,
  groups: readonly GroupConfig[],
  input: { Limit?: number | undefined; NextToken?: string | undefined },
) {
  const { items, next } = pageOf(groups, (group) => group.name, input.Limit, input.NextToken);
  const described = items.map(({ name, description, precedence, roleArn }) => ({
    GroupName: name,
    UserPoolId: pool.id,
    ...(description !== undefined && { Description: description }),
    ...(precedence !== undefined && { Precedence: precedence }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
  }));
  return { Groups: described, ...(next !== undefined && { NextToken: next }) };
}

/** A token names the last item of its page, so that pages hold while others come and go. */
function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  limit: number | undefined,
  token: string | undefined,
): { items: readonly T[]; next: string | undefined } {
  let start = 0;
  if (token !== undefined) {
    const last = Buffer.from(token, 'base64url').toString();
    start = items.findIndex((item) => keyOf(item) === last) + 1;
    if (start === 0) throw invalidParameter('Invalid pagination token.');
  }
  const end = start + (limit === undefined || limit === 0 ? LONGEST_PAGE : limit);
  const shown = items.slice(start, end);
  const last = shown.at(-1);
  const hasMore = end < items.length && last !== undefined;
  return { items: shown, next: hasMore ? Buffer.from(keyOf(last)).toString('base64url') : undefined };
}
