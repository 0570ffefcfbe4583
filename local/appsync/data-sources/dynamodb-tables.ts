import { AwsServiceError } from '../../gateway/aws-service.ts';
import { ResolverError } from '../resolver-error.ts';
import { fromItem, type AttributeMap } from './attribute-values.ts';
import {
  conditionInput,
  mergedExpressions,
  optional,
  type Condition,
  type Expression,
} from './dynamodb-input.ts';
import type { ServiceCall } from './data-source.ts';

/** The members of requests that speak of several tables. */
export interface MultiTableRequest {
  readonly tables?: Readonly<Record<string, TableKeys>>;
  readonly transactItems?: readonly TransactItem[];
}

interface TableKeys {
  readonly keys: readonly AttributeMap[];
  readonly consistentRead?: boolean;
  readonly projection?: Expression;
}

interface TransactItem {
  readonly table: string;
  readonly operation?: string;
  readonly key: AttributeMap;
  readonly attributeValues?: AttributeMap;
  readonly update?: Expression;
  readonly condition?: Condition & { readonly returnValuesOnConditionCheckFailure?: boolean };
  readonly projection?: Expression;
}

/** Items come in the order of their keys, null where there is none. */
export async function batchGetItem(call: ServiceCall, { tables = {} }: MultiTableRequest): Promise<unknown> {
  const output = (await call('BatchGetItem', {
    RequestItems: Object.fromEntries(
      Object.entries(tables).map(([table, { keys, consistentRead, projection }]) => [
        table,
        {
          Keys: keys,
          ...optional({ ConsistentRead: consistentRead, ProjectionExpression: projection?.expression }),
          ...mergedExpressions(projection),
        },
      ]),
    ),
  })) as {
    Responses?: Record<string, AttributeMap[]>;
    UnprocessedKeys?: Record<string, { Keys: AttributeMap[] }>;
  };
  return {
    data: Object.fromEntries(
      Object.entries(tables).map(([table, { keys }]) => [
        table,
        keys.map((key) => itemWithKey(output.Responses?.[table] ?? [], key)),
      ]),
    ),
    unprocessedKeys: Object.fromEntries(
      Object.keys(tables).map((table) => [
        table,
        (output.UnprocessedKeys?.[table]?.Keys ?? []).map(fromItem),
      ]),
    ),
  };
}

export async function transactGetItems(
  call: ServiceCall,
  { transactItems = [] }: MultiTableRequest,
): Promise<unknown> {
  const output = (await call('TransactGetItems', {
    TransactItems: transactItems.map(({ table, key, projection }) => ({
      Get: {
        TableName: table,
        Key: key,
        ...optional({ ProjectionExpression: projection?.expression }),
        ...mergedExpressions(projection),
      },
    })),
  })) as { Responses?: { Item?: AttributeMap }[] };
  return {
    items: (output.Responses ?? []).map(({ Item }) => (Item ? fromItem(Item) : null)),
    cancellationReasons: null,
  };
}

/** Throws AwsServiceError whose reasons are worded as resolvers see them. */
export async function transactWriteItems(
  call: ServiceCall,
  { transactItems = [] }: MultiTableRequest,
): Promise<unknown> {
  try {
    await call('TransactWriteItems', { TransactItems: transactItems.map(writeOf) });
  } catch (error) {
    throw withReadableReasons(error);
  }
  return { keys: transactItems.map(({ key }) => fromItem(key)), cancellationReasons: null };
}

function writeOf({ table, operation, key, attributeValues, update, condition }: TransactItem): object {
  const target = {
    TableName: table,
    ...conditionInput(condition),
    ...(condition?.returnValuesOnConditionCheckFailure
      ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }
      : {}),
  };
  switch (operation) {
    case 'PutItem':
      return { Put: { ...target, Item: { ...attributeValues, ...key } } };
    case 'UpdateItem':
      return {
        Update: {
          ...target,
          Key: key,
          UpdateExpression: update?.expression,
          ...mergedExpressions(update, condition),
        },
      };
    case 'DeleteItem':
      return { Delete: { ...target, Key: key } };
    case 'ConditionCheck':
      return { ConditionCheck: { ...target, Key: key } };
    default:
      throw new ResolverError(
        `Unsupported operation '${String(operation)}' in a transaction`,
        'MappingTemplate',
      );
  }
}

function withReadableReasons(error: unknown): unknown {
  if (!(error instanceof AwsServiceError) || error.code !== 'TransactionCanceledException') return error;
  const reasons = (error.details['CancellationReasons'] ?? []) as {
    Code?: string;
    Message?: string | null;
    Item?: AttributeMap | null;
  }[];
  return new AwsServiceError(error.code, error.message, error.statusCode, {
    CancellationReasons: reasons.map(({ Code, Message, Item }) => ({
      type: Code ?? 'None',
      message: Message ?? null,
      item: Item ? fromItem(Item) : null,
    })),
  });
}

function itemWithKey(items: readonly AttributeMap[], key: AttributeMap): unknown {
  const wanted = JSON.stringify(Object.values(key));
  const names = Object.keys(key);
  const found = items.find((item) => JSON.stringify(names.map((name) => item[name])) === wanted);
  return found ? fromItem(found) : null;
}
