import { beforeAll, describe, expect, it } from 'vitest';
import { functionName, holdersThatMay, statementsOf, type Statement } from '../dev/policies.ts';
import { synthesized } from '../dev/synthesized.ts';
import type { Assembly } from '../local/assembly/assembly.ts';

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'ConditionCheckItem', 'PartiQLSelect'];
const CHANGES = ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'];
const WRITES = ['PutItem', 'PartiQLInsert', ...CHANGES];

/** Functions that move hours. */
const LEDGER = [
  'create-escrow',
  'member-commands',
  'process-direct-transfer',
  'process-escrow-cancellation',
  'process-escrow-release',
  'process-negotiation',
];

/** Functions that lock accounts and move no hours. */
const LOCKING = ['admin-commands', 'reconcile-balances'];

/** Wildcards that AWS leaves no choice about, each for a reason. */
const ARGUED: readonly { readonly why: string; readonly actions: RegExp; readonly resource: RegExp }[] = [
  {
    why: 'X-Ray knows no resources',
    actions: /^xray:(PutTraceSegments|PutTelemetryRecords|GetSamplingRules|GetSamplingTargets)$/,
    resource: /^\*$/,
  },
  {
    why: 'the delivery of Step Functions logs knows no resources',
    actions:
      /^logs:((Create|Get|Update|Delete)LogDelivery|ListLogDeliveries|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups)$/,
    resource: /^\*$/,
  },
  {
    why: 'executions are many: those of one state machine',
    actions: /^states:(DescribeExecution|RedriveExecution|StopExecution)$/,
    resource: /:execution:hourbank-local-[a-z-]+:\*$/,
  },
  {
    why: "a model's data source reads all indexes of its own table",
    actions: /^dynamodb:(GetItem|Query|Scan|PutItem|UpdateItem)$/,
    resource: /:table\/[A-Za-z]+-[a-z0-9]+-NONE\/\*$/,
  },
  {
    why: 'files are many: those of one kind, and what is evidence is never deleted',
    actions: /^s3:(GetObject|PutObject)$/,
    resource: /^arn:aws:s3:::[a-z0-9-]+\/evidence\/\*$/,
  },
  {
    why: 'uploads are many',
    actions: /^s3:(GetObject|PutObject|DeleteObject)$/,
    resource: /^arn:aws:s3:::[a-z0-9-]+\/uploads\/\*$/,
  },
  {
    why: 'log streams are many: those of one log group',
    actions: /^logs:(CreateLogStream|PutLogEvents)$/,
    resource: /:log-group:\/aws\/appsync\/apis\/[a-z0-9]+:\*$/,
  },
];

let assembly: Assembly;
let statements: readonly Statement[];

beforeAll(async () => {
  assembly = await synthesized();
  statements = statementsOf(assembly);
});

function modelTable(model: string): string {
  const table = assembly
    .ofType('Custom::AmplifyDynamoDBTable')
    .find(({ ref }) => ref.startsWith(`${model}-`));
  if (table?.arn === undefined) throw new Error(`There is no table of ${model}`);
  return table.arn;
}

/** A table that belongs to no model, by the construct that makes it. */
function hiddenTable(construct: 'Waits' | 'SealedReviews'): string {
  const table = assembly
    .ofType('AWS::DynamoDB::Table')
    .find(({ logicalId }) => logicalId.startsWith(construct));
  if (table?.arn === undefined) throw new Error(`There is no table of ${construct}`);
  return table.arn;
}

const waitTable = () => hiddenTable('Waits');

const holders = (actions: readonly string[], table: string): readonly string[] =>
  [...new Set(actions.flatMap((action) => holdersThatMay(statements, `dynamodb:${action}`, table)))].sort();

describe('least privilege', () => {
  it('grants no wildcard resource but those that are argued', () => {
    const broad = statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ holder, actions, resources }) =>
        resources
          .filter((resource) => /[*?]/.test(resource))
          .flatMap((resource) => actions.map((action) => ({ holder, action, resource }))),
      )
      .filter(
        ({ action, resource }) =>
          !ARGUED.some((known) => known.actions.test(action) && known.resource.test(resource)),
      );
    expect(broad).toEqual([]);
  });

  it('grants no wildcard action', () => {
    expect(statements.filter(({ actions }) => actions.some((action) => action.includes('*')))).toEqual([]);
  });

  it('attaches no managed policy but the one that lets a function write its log', () => {
    const managed = assembly
      .ofType('AWS::IAM::Role')
      .flatMap(({ properties }) => (properties['ManagedPolicyArns'] ?? []) as readonly string[]);
    expect([...new Set(managed)]).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    ]);
  });

  it('lets no function delete from a table, nor scan one but for the check of the books', () => {
    const names = assembly.ofType('AWS::Lambda::Function').map(({ properties }) => functionName(properties));
    const tables = ['Custom::AmplifyDynamoDBTable', 'AWS::DynamoDB::Table'].flatMap((type) =>
      assembly.ofType(type).map(({ arn }) => String(arn)),
    );
    const functionsThatMay = (actions: readonly string[], table: string) =>
      holders(actions, table).filter((holder) => names.includes(holder));
    expect(tables.flatMap((table) => functionsThatMay(['DeleteItem', 'BatchWriteItem'], table))).toEqual([]);

    const checked = ['UserBalance', 'User', 'Escrow', 'TransactionLog'].map(modelTable);
    for (const table of tables)
      expect(functionsThatMay(['Scan'], table)).toEqual(
        checked.includes(table) ? ['reconcile-balances'] : [],
      );
  });

  it('lets nobody but the rules of the bus publish hints, and them nothing else', () => {
    const publishing = statements.filter(({ actions }) =>
      actions.some((action) => action.startsWith('appsync:')),
    );
    expect(publishing).toHaveLength(1);
    expect(publishing[0]).toMatchObject({
      holder: expect.stringMatching(/^ProgressHintsPublisher/) as string,
      actions: ['appsync:GraphQL'],
      resources: [
        expect.stringMatching(/:apis\/[a-z0-9]+\/types\/Mutation\/fields\/publishRequestProgress$/),
      ],
    });
  });
});

describe('money', () => {
  it('is put into the log by the ledger and by nobody else', () => {
    expect(holders(['PutItem', 'PartiQLInsert'], modelTable('TransactionLog'))).toEqual(LEDGER);
  });

  it('stays in the log as it was written: nobody updates or deletes there', () => {
    expect(holders(CHANGES, modelTable('TransactionLog'))).toEqual([]);
  });

  it('is changed in balances by the ledger, and their locks by those who lock, and by nobody else', () => {
    expect(holders(WRITES, modelTable('UserBalance'))).toEqual([...LEDGER, ...LOCKING].sort());
    const puts = holders(['PutItem', 'PartiQLInsert'], modelTable('UserBalance'));
    expect(puts.filter((holder) => LOCKING.includes(holder))).toEqual([]);
  });

  it('that an admin moves is on record where nobody deletes', () => {
    const recording = holders(WRITES, modelTable('AdminAction'));
    expect(recording).toEqual(['admin-commands', 'process-direct-transfer', 'reconcile-balances']);
    expect(holders(['DeleteItem', 'BatchWriteItem', 'PartiQLDelete'], modelTable('AdminAction'))).toEqual([]);
  });

  it('is repaired by nobody: the check of the books writes the lock, its record, the word to the member and the report', () => {
    const written = assembly
      .ofType('Custom::AmplifyDynamoDBTable')
      .filter(({ arn }) => holders(WRITES, String(arn)).includes('reconcile-balances'))
      .map(({ ref }) => ref.split('-')[0]);
    expect(written.sort()).toEqual(['AdminAction', 'Notification', 'ReconciliationReport', 'UserBalance']);
  });

  it('is changed in escrows by those who hold, resize, freeze, release and refund', () => {
    expect(holders(WRITES, modelTable('Escrow'))).toEqual([
      'create-escrow',
      'initiate-dispute',
      'process-dispute-resolution',
      'process-escrow-cancellation',
      'process-escrow-release',
      'process-negotiation',
    ]);
  });

  it.each(['UserBalance', 'Escrow', 'TransactionLog'])('is only read by the data source of %s', (model) => {
    const actions = statements
      .filter(({ holder }) => holder === `data source ${model}Table`)
      .flatMap((statement) => statement.actions);
    expect([...actions].sort()).toEqual(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan']);
  });
});

describe('the table of waits', () => {
  const MACHINES = [
    'state machine hourbank-local-dispute-resolution',
    'state machine hourbank-local-service-request',
  ];

  it('is reached by those who wait, answer or sweep, and by nobody else', () => {
    expect(holders([...READS, ...WRITES], waitTable())).toEqual([
      'dispute-commands',
      'process-dispute-resolution',
      'process-negotiation',
      'process-payment',
      'process-provider-response',
      'request-commands',
      'start-service-request',
      ...MACHINES,
      'sweeper',
    ]);
  });

  it('is only read by the sweeper and for a payment, and only given tokens by the state machines', () => {
    expect(holders(WRITES, waitTable())).not.toContain('sweeper');
    expect(holders(WRITES, waitTable())).not.toContain('process-payment');
    for (const machine of MACHINES) expect(holders(READS, waitTable())).not.toContain(machine);
    expect(
      holders(
        WRITES.filter((action) => action !== 'UpdateItem'),
        waitTable(),
      ),
    ).toEqual([]);
  });
});

describe('tables that belong to no model', () => {
  it('are those of waits and of sealed reviews', () => {
    const tables = assembly.ofType('AWS::DynamoDB::Table').map(({ arn }) => arn);
    expect(tables.sort()).toEqual([hiddenTable('SealedReviews'), waitTable()].sort());
  });

  it('have no data source in the API', () => {
    const sources = assembly
      .ofType('AWS::AppSync::DataSource')
      .map(
        ({ properties }) => (properties['DynamoDBConfig'] as { TableName?: string } | undefined)?.TableName,
      );
    expect(sources.filter((table) => table !== undefined).length).toBeGreaterThan(10);
    for (const { arn } of assembly.ofType('AWS::DynamoDB::Table'))
      expect(sources).not.toContain(String(arn).split('/').at(-1));
  });
});

describe('sealed reviews', () => {
  const table = () => hiddenTable('SealedReviews');

  it('are reached by those who write and publish them, and by nobody else', () => {
    expect(holders([...READS, ...WRITES], table())).toEqual(['publish-reviews', 'request-commands']);
  });

  it('are written by members, and marked when they are published', () => {
    expect(holders(['PutItem'], table())).toEqual(['request-commands']);
    expect(holders(['UpdateItem'], table())).toEqual(['publish-reviews', 'request-commands']);
  });

  it('become reviews by those two, which change no review any more', () => {
    expect(holders(['PutItem'], modelTable('Review'))).toEqual(['publish-reviews', 'request-commands']);
    expect(holders(CHANGES, modelTable('Review'))).toEqual([]);
  });
});

describe('messages', () => {
  it('are written by members, and stay as they were written', () => {
    expect(holders(['PutItem'], modelTable('Message'))).toEqual(['request-commands']);
    expect(holders(CHANGES, modelTable('Message'))).toEqual([]);
  });
});

describe('totals', () => {
  it.each(['MemberStats', 'ServiceStats'])('in %s are counted where something is paid or rated', (model) => {
    expect(holders(WRITES, modelTable(model))).toEqual([
      'process-escrow-release',
      'publish-reviews',
      'request-commands',
    ]);
  });
});
