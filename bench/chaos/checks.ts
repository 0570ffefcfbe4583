import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { breachesOf } from '../../dev/books.ts';
import { totalsBreaches } from '../../dev/totals.ts';
import { WAITS } from '../../domain/deadlines.ts';
import { isTerminal } from '../../domain/life-cycle.ts';
import type { Escrow } from '../../domain/ledger.ts';
import type { RequestRecord } from '../../domain/request.ts';
import type { BooksChecked } from './neighbours.ts';
import { asDeveloper, rowsOf } from './rows.ts';

/** What was looked at, and what was wrong with it, in words. */
export interface Check {
  readonly name: string;
  readonly looked: number;
  readonly breaches: readonly string[];
  /** How many of each kind were looked at, where there are kinds. */
  readonly kinds?: Readonly<Record<string, number>>;
}

/** Errors that an injected fault leaves an execution with; a child that failed by one fails its parent. */
const INJECTED = new Set([
  'ServiceFault',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'States.TaskFailed',
  'States.Timeout',
]);

/** Requests that nobody is asked about although they have not ended. */
export function stranded(requests: readonly RequestRecord[], now: string): readonly string[] {
  return requests
    .filter(
      ({ status, pendingEvent, expiresAt = '' }) =>
        !isTerminal(status) && !(WAITS[status] && pendingEvent === undefined && expiresAt > now),
    )
    .map(
      ({ id, status, pendingEvent }) =>
        `Request ${id} is ${status}, ${pendingEvent ?? 'and nobody is asked'}`,
    );
}

/** Every check there is, on a stack that has recovered; `report` is what its own check of the books found. */
export async function checkAll(
  gatewayUrl: string,
  now: string,
  report: BooksChecked | undefined,
): Promise<readonly Check[]> {
  const [requests, escrows, stats, books, totals, executions] = await Promise.all([
    rowsOf<RequestRecord>(gatewayUrl, 'ServiceRequest'),
    rowsOf<Escrow>(gatewayUrl, 'Escrow'),
    rowsOf(gatewayUrl, 'MemberStats'),
    breachesOf(gatewayUrl),
    totalsBreaches({ rows: (table) => rowsOf(gatewayUrl, modelOf(table)) }),
    brokenExecutions(gatewayUrl),
  ]);
  return [
    {
      name: 'rules of the ledger over every account, entry and escrow',
      looked: escrows.length,
      breaches: escrows.length === 0 ? ['No hours were ever held', ...books] : books,
    },
    {
      name: 'requests that have ended or wait for somebody',
      looked: requests.length,
      breaches: stranded(requests, now),
    },
    {
      name: 'accounts in the check that HourBank makes of its books',
      looked: report?.accountsChecked ?? 0,
      breaches: report?.status === 'BALANCED' ? [] : [`The report is ${JSON.stringify(report ?? 'missing')}`],
    },
    { name: 'totals of members and offers', looked: stats.length, breaches: totals },
    { name: 'holds resolved at most once', looked: escrows.length, breaches: resolvedTwice(escrows) },
    { name: 'executions that failed by nothing but an injected fault', ...executions },
  ];
}

/** The model of a table by the name that functions know it by. */
const modelOf = (table: string) => table.charAt(0).toUpperCase() + table.slice(1);

const resolvedTwice = (escrows: readonly Escrow[]): readonly string[] =>
  escrows
    .filter(({ amount, releasedAmount, refundedAmount, status }) => {
      const resolved = releasedAmount + refundedAmount;
      return status === 'RELEASED' || status === 'CANCELLED' ? resolved !== amount : resolved !== 0;
    })
    .map(({ id }) => `Escrow ${id} is not resolved once`);

async function brokenExecutions(gatewayUrl: string): Promise<Omit<Check, 'name'>> {
  const states = new SFNClient(asDeveloper(gatewayUrl));
  const breaches: string[] = [];
  const kinds: Record<string, number> = {};
  let looked = 0;
  try {
    const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
    for (const { stateMachineArn, name = '' } of stateMachines)
      for (const statusFilter of ['FAILED', 'TIMED_OUT'] as const) {
        const { executions = [] } = await states.send(
          new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: 1000 }),
        );
        for (const { executionArn } of executions) {
          looked += 1;
          const { error = '', cause } = await states.send(new DescribeExecutionCommand({ executionArn }));
          const kind = `${name} ${error}`;
          kinds[kind] = (kinds[kind] ?? 0) + 1;
          if (!INJECTED.has(error)) breaches.push(`${executionArn ?? ''} failed by ${error}: ${cause ?? ''}`);
        }
      }
  } finally {
    states.destroy();
  }
  return { looked, breaches, kinds };
}
