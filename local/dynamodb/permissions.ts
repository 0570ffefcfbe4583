import { ACCOUNT_ID, REGION, type Permission } from '../gateway/aws-service.ts';

type Input = Readonly<Record<string, unknown>>;
type PermissionsOf = (input: Input) => readonly Permission[];

/**
 * What IAM must allow for each operation that is served.
 * Source: "Actions, resources, and condition keys for Amazon DynamoDB" and, for transactions, "Using IAM with
 * DynamoDB transactions": a transaction has no action of its own, but needs that of each item.
 */
export const PERMISSIONS: Readonly<Record<string, PermissionsOf>> = {
  GetItem: onTable('GetItem'),
  PutItem: onTable('PutItem'),
  UpdateItem: onTable('UpdateItem'),
  DeleteItem: onTable('DeleteItem'),
  Query: onTableOrIndex('Query'),
  Scan: onTableOrIndex('Scan'),
  BatchGetItem: onEachRequestedTable('BatchGetItem'),
  BatchWriteItem: onEachRequestedTable('BatchWriteItem'),
  TransactGetItems: onEachItem({ Get: 'GetItem' }),
  TransactWriteItems: onEachItem({
    Put: 'PutItem',
    Update: 'UpdateItem',
    Delete: 'DeleteItem',
    ConditionCheck: 'ConditionCheckItem',
  }),
  DescribeTable: onTable('DescribeTable'),
  DescribeTimeToLive: onTable('DescribeTimeToLive'),
  ListTables: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
};

function onTable(action: string): PermissionsOf {
  return (input) => [{ action: `dynamodb:${action}`, resource: tableArn(input['TableName']) }];
}

function onTableOrIndex(action: string): PermissionsOf {
  return ({ TableName: table, IndexName: index }) => [
    {
      action: `dynamodb:${action}`,
      resource: typeof index === 'string' ? `${tableArn(table)}/index/${index}` : tableArn(table),
    },
  ];
}

function onEachRequestedTable(action: string): PermissionsOf {
  return ({ RequestItems: tables }) =>
    Object.keys(isObject(tables) ? tables : {}).map((table) => ({
      action: `dynamodb:${action}`,
      resource: tableArn(table),
    }));
}

function onEachItem(actionOf: Readonly<Record<string, string>>): PermissionsOf {
  return ({ TransactItems: items }) => {
    const permissions = new Map<string, Permission>();
    for (const item of Array.isArray(items) ? items : [])
      for (const [kind, part] of Object.entries(isObject(item) ? item : {})) {
        const action = actionOf[kind];
        if (action === undefined || !isObject(part)) continue;
        const permission = { action: `dynamodb:${action}`, resource: tableArn(part['TableName']) };
        permissions.set(`${permission.action} ${permission.resource}`, permission);
      }
    return [...permissions.values()];
  };
}

/** A table may be named by its name or its ARN. */
function tableArn(table: unknown): string {
  if (typeof table !== 'string') return '*'; // the database refuses the call in its own words
  return table.startsWith('arn:') ? table : `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${table}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
