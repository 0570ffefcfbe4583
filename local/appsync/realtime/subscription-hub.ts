import { execute, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { publishedItem } from '../execution/published-item.ts';
import { selectedFields } from '../execution/selected-fields.ts';
import { responseError, type GraphQLResponse } from '../execution/graphql-response.ts';
import type { ParsedRequest } from '../execution/graphql-request.ts';
import type { Execution } from '../execution/graphql-executor.ts';
import { isInvalidatedBy, wants, type Subscription } from './subscription.ts';

/** Takes what mutations answer to the subscriptions that they feed. */
export class SubscriptionHub {
  private readonly schema: GraphQLSchema;
  private readonly fed: ReadonlyMap<string, readonly string[]>;
  private readonly open = new Map<string, Set<Subscription>>();

  /** `schema` cuts items for subscribers; `fed` names the subscriptions of each mutation. */
  constructor(schema: GraphQLSchema, fed: ReadonlyMap<string, readonly string[]>) {
    this.schema = schema;
    this.fed = fed;
  }

  add(subscription: Subscription): void {
    const others = this.open.get(subscription.field);
    if (others) others.add(subscription);
    else this.open.set(subscription.field, new Set([subscription]));
  }

  remove(subscription: Subscription): void {
    this.open.get(subscription.field)?.delete(subscription);
  }

  /** Publishes the answer of a mutation: each of its fields that is not null. */
  publish({ document, operation }: ParsedRequest, { response, context }: Execution): void {
    for (const { key, name, inner } of selectedFields(operation.selectionSet, document)) {
      const item = publishedItem(response.data?.[key] ?? null, inner, document);
      if (isItem(item)) this.publishItem(name, item);
    }
    for (const { subscriptionField, payload } of context.invalidations)
      for (const subscription of [...(this.open.get(subscriptionField) ?? [])])
        if (isInvalidatedBy(subscription, payload)) subscription.complete();
  }

  private publishItem(mutation: string, item: Readonly<Record<string, unknown>>): void {
    for (const field of this.fed.get(mutation) ?? [])
      for (const subscription of this.open.get(field) ?? [])
        if (wants(subscription, item)) subscription.deliver(this.cut(subscription, item));
  }

  /** The item as one subscriber selected it. */
  private cut({ field, request, context }: Subscription, item: unknown): GraphQLResponse {
    // Delivery fields answer at once, so that the result is no promise and items keep their order.
    const { data, errors } = execute({
      schema: this.schema,
      document: request.document,
      rootValue: { [field]: item },
      variableValues: request.variables,
      operationName: request.operation.name?.value,
      contextValue: context,
    }) as ExecutionResult;
    const shown = errors?.map((error) => responseError(error, this.schema));
    return { data: data ?? null, ...(shown ? { errors: shown } : {}) };
  }
}

function isItem(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
