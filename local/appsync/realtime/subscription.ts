import type { GraphQLResponse } from '../execution/graphql-response.ts';
import type { ParsedRequest } from '../execution/graphql-request.ts';
import { passesFilter } from '../filters/subscription-filter.ts';
import type { RequestContext } from '../request-context.ts';

/** A subscription that a client holds open. */
export interface Subscription {
  /** The field of the schema's subscription type. */
  readonly field: string;
  /** What the client gave the field. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly request: ParsedRequest;
  /** Of the start: the caller, and the filters that the resolver set. */
  readonly context: RequestContext;
  deliver(response: GraphQLResponse): void;
  /** The server ends the subscription. */
  complete(): void;
}

type Item = Readonly<Record<string, unknown>>;

/** The resolver's filter decides; without one every argument must equal the item's field (null is a value too). */
export function wants({ context, args }: Subscription, item: Item): boolean {
  const { filter } = context.subscription;
  if (filter !== undefined) return passesFilter(filter, item);
  return Object.entries(args).every(([name, value]) => (item[name] ?? null) === value);
}

/** Whether `extensions.invalidateSubscriptions` ends it. Without a filter of its own it cannot be ended so. */
export function isInvalidatedBy({ context }: Subscription, payload: Item): boolean {
  const { invalidation } = context.subscription;
  return invalidation !== undefined && passesFilter(invalidation, payload);
}
