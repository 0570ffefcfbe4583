import { isDeepStrictEqual } from 'node:util';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import { ResolverError } from '../resolver-error.ts';
import { fromItem, type AttributeMap } from './attribute-values.ts';
import { dataSourceError } from './data-source-error.ts';
import type { DataSource, ServiceCall } from './data-source.ts';
import {
  batchGetItem,
  transactGetItems,
  transactWriteItems,
  type MultiTableRequest,
} from './dynamodb-tables.ts';
import {
  conditionInput,
  mergedExpressions,
  optional,
  type Condition,
  type Expression,
} from './dynamodb-input.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';

/** The requests of https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html */
interface DynamoDBRequest extends MultiTableRequest {
  readonly operation?: string;
  readonly key?: AttributeMap;
  readonly attributeValues?: AttributeMap;
  readonly condition?: Condition | null;
  readonly update?: Expression | null;
  readonly query?: Expression | null;
  readonly filter?: Expression | null;
  readonly projection?: Expression | null;
  readonly index?: string | null;
  readonly limit?: number | null;
  readonly nextToken?: string | null;
  readonly scanIndexForward?: boolean | null;
  readonly consistentRead?: boolean | null;
  readonly select?: string | null;
  readonly segment?: number | null;
  readonly totalSegments?: number | null;
}

const OPERATIONS = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'TransactGetItems',
  'TransactWriteItems',
];

/** One table; the operations on several name their tables themselves. */
export class DynamoDBDataSource implements DataSource {
  private readonly tableName: string;
  private readonly call: ServiceCall;

  constructor(tableName: string, call: ServiceCall) {
    this.tableName = tableName;
    this.call = call;
  }

  async run(input: unknown): Promise<unknown> {
    const request = (input ?? {}) as DynamoDBRequest;
    try {
      return await this.operation(request);
    } catch (error) {
      if (error instanceof ResolverError) throw error;
      throw dataSourceError(error, 'DynamoDB', 'DynamoDb', await this.currentItem(request, error));
    }
  }

  private operation(request: DynamoDBRequest): Promise<unknown> {
    switch (request.operation) {
      case 'GetItem':
        return this.getItem(request);
      case 'PutItem':
        return this.putItem(request);
      case 'UpdateItem':
        return this.updateItem(request);
      case 'DeleteItem':
        return this.deleteItem(request);
      case 'Query':
      case 'Scan':
        return this.read(request.operation, request);
      case 'BatchGetItem':
        return batchGetItem(this.call, request);
      case 'TransactGetItems':
        return transactGetItems(this.call, request);
      case 'TransactWriteItems':
        return transactWriteItems(this.call, request);
      default:
        throw new ResolverError(
          `Unsupported operation '${String(request.operation)}'. Datasource Versioning only supports the following operations (${OPERATIONS.join(',')})`,
          'MappingTemplate',
        );
    }
  }

  private async getItem({ key, consistentRead, projection }: DynamoDBRequest): Promise<unknown> {
    const output = (await this.call('GetItem', {
      TableName: this.tableName,
      Key: key,
      ...optional({ ConsistentRead: consistentRead, ProjectionExpression: projection?.expression }),
      ...mergedExpressions(projection),
    })) as { Item?: AttributeMap };
    return output.Item ? fromItem(output.Item) : null;
  }

  private async putItem({ key, attributeValues, condition }: DynamoDBRequest): Promise<unknown> {
    const item = { ...attributeValues, ...key };
    try {
      await this.call('PutItem', { TableName: this.tableName, Item: item, ...conditionInput(condition) });
    } catch (error) {
      if (!(await this.isAlreadyThere(item, key, condition, error))) throw error;
    }
    return fromItem(item);
  }

  private async updateItem({ key, update, condition }: DynamoDBRequest): Promise<unknown> {
    const output = (await this.call('UpdateItem', {
      TableName: this.tableName,
      Key: key,
      ReturnValues: 'ALL_NEW',
      ...optional({
        UpdateExpression: update?.expression,
        ConditionExpression: condition?.expression,
      }),
      ...mergedExpressions(update, condition),
    })) as { Attributes?: AttributeMap };
    return output.Attributes ? fromItem(output.Attributes) : null;
  }

  private async deleteItem({ key, condition }: DynamoDBRequest): Promise<unknown> {
    const output = (await this.call('DeleteItem', {
      TableName: this.tableName,
      Key: key,
      ReturnValues: 'ALL_OLD',
      ...conditionInput(condition),
    })) as { Attributes?: AttributeMap };
    return output.Attributes ? fromItem(output.Attributes) : null;
  }

  private async read(operation: 'Query' | 'Scan', request: DynamoDBRequest): Promise<unknown> {
    const { query, filter, projection } = request;
    const output = (await this.call(operation, {
      TableName: this.tableName,
      ...optional({
        IndexName: request.index,
        Limit: request.limit,
        ConsistentRead: request.consistentRead,
        Select: request.select,
        Segment: request.segment,
        TotalSegments: request.totalSegments,
        FilterExpression: filter?.expression,
        ProjectionExpression: projection?.expression,
      }),
      ...(request.nextToken ? { ExclusiveStartKey: decodePageToken(request.nextToken) } : {}),
      ...(operation === 'Query'
        ? { KeyConditionExpression: query?.expression, ScanIndexForward: request.scanIndexForward ?? true }
        : {}),
      ...mergedExpressions(query, filter, projection),
    })) as { Items?: AttributeMap[]; ScannedCount?: number; LastEvaluatedKey?: AttributeMap };
    return {
      items: (output.Items ?? []).map(fromItem),
      nextToken: output.LastEvaluatedKey ? encodePageToken(output.LastEvaluatedKey) : null,
      scannedCount: output.ScannedCount ?? 0,
      startedAt: null,
    };
  }

  /** A put whose condition fails is none the less done where the table already holds what it would have written. */
  private async isAlreadyThere(
    item: AttributeMap,
    key: AttributeMap | undefined,
    condition: Condition | null | undefined,
    error: unknown,
  ): Promise<boolean> {
    if (!isConditionFailure(error)) return false;
    const current = await this.storedItem(key);
    if (current === undefined) return false;
    const ignored = new Set(condition?.equalsIgnore ?? []);
    const compared = (attributes: AttributeMap) =>
      Object.fromEntries(Object.entries(attributes).filter(([name]) => !ignored.has(name)));
    return isDeepStrictEqual(compared(current), compared(item));
  }

  /** After a failed condition AppSync hands over the item as it stands. */
  private async currentItem(request: DynamoDBRequest, error: unknown): Promise<unknown> {
    if (error instanceof AwsServiceError && error.code === 'TransactionCanceledException')
      return { keys: null, cancellationReasons: error.details['CancellationReasons'] ?? null };
    if (!isConditionFailure(error)) return null;
    const item = await this.storedItem(request.key);
    return item === undefined ? null : fromItem(item);
  }

  private async storedItem(key: AttributeMap | undefined): Promise<AttributeMap | undefined> {
    const output = (await this.call('GetItem', {
      TableName: this.tableName,
      Key: key,
      ConsistentRead: true,
    })) as {
      Item?: AttributeMap;
    };
    return output.Item;
  }
}

function isConditionFailure(error: unknown): boolean {
  return error instanceof AwsServiceError && error.code === 'ConditionalCheckFailedException';
}
