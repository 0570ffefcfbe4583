import { toDynamoDBExpression } from '../filters/dynamodb-expression.ts';
import { toSubscriptionFilter } from '../filters/subscription-filter.ts';
import type { HostFunctions } from '../velocity/host-object.ts';
import { list, record, text } from './arguments.ts';

/** `util.transform`: DynamoDB's expressions come as JSON text, which templates and JavaScript then parse. */
export const transformUtil: HostFunctions = {
  toDynamoDBFilterExpression: (filter) => JSON.stringify(toDynamoDBExpression(record(filter))),
  toDynamoDBConditionExpression: (filter) => JSON.stringify(toDynamoDBExpression(record(filter))),
  toSubscriptionFilter: (filter, ignoredFields, rules) =>
    toSubscriptionFilter(record(filter), list(ignoredFields).map(text), record(rules)),
};
