import { PutCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../../domain/instant.ts';
import { MAX_FINDINGS, type Finding, type ReportRecord } from '../../../domain/reconciliation.ts';
import { readRow } from '../shared/dynamo.ts';
import type { Backoff } from '../shared/retry.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import { MODEL, type Tables } from '../shared/tables.ts';
import { settle } from '../shared/transaction.ts';

/** What is known of a check when it begins. */
export type Begun = Pick<ReportRecord, 'id' | 'requestedBy' | 'stepFunctionExecutionArn'>;

/** How a check ended. */
export type Ended = Pick<ReportRecord, 'status' | 'mismatches'>;

/** Reports of checks, each step harmless to repeat. */
export interface Reports {
  open(begun: Begun, now: Instant): Promise<void>;
  /** Adds what was found about an account, if there is room for it. */
  add(reportId: string, finding: Finding): Promise<void>;
  /** `mismatches` is what the steps counted; it is believed where there was no room for every finding. */
  close(reportId: string, accountsChecked: number, mismatches: number, now: Instant): Promise<Ended>;
}

export interface ReportEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'reconciliationReport'>;
  readonly backoff?: Backoff;
}

export function createReports({ dynamo, tables, backoff }: ReportEdges): Reports {
  const TableName = tables.reconciliationReport;
  return {
    async open({ id, requestedBy, stepFunctionExecutionArn }, now) {
      const report: ReportRecord = {
        id,
        kind: 'BALANCES',
        status: 'RUNNING',
        startedAt: now,
        accountsChecked: 0,
        mismatches: 0,
        foundByAccount: {},
        requestedBy,
        ...(stepFunctionExecutionArn !== undefined && { stepFunctionExecutionArn }),
        createdAt: now,
        updatedAt: now,
      };
      await unlessItFails(() =>
        dynamo.send(
          new PutCommand({
            TableName,
            Item: { __typename: MODEL.reconciliationReport, ...report },
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        ),
      );
    },

    async add(reportId, finding) {
      await unlessItFails(() =>
        dynamo.send(
          new UpdateCommand({
            TableName,
            Key: { id: reportId },
            UpdateExpression: 'SET foundByAccount.#account = :finding',
            ConditionExpression: 'attribute_exists(foundByAccount.#account) OR size(foundByAccount) < :most',
            ExpressionAttributeNames: { '#account': finding.accountId },
            ExpressionAttributeValues: { ':finding': finding, ':most': MAX_FINDINGS },
          }),
        ),
      );
    },

    close: (reportId, accountsChecked, counted, now) =>
      settle(async () => {
        const report = (await readRow(dynamo, TableName, { id: reportId })) as ReportRecord | undefined; // ours alone
        if (!report) throw new BrokenRule(`There is no report ${reportId}`);
        const { status, mismatches, foundByAccount = {} } = report;
        if (status !== 'RUNNING') return { status, mismatches };
        const findings = Object.values(foundByAccount);
        const ended = endOf(findings.length, counted);
        await dynamo.send(
          new UpdateCommand({
            TableName,
            Key: { id: reportId },
            UpdateExpression: [
              'SET #status = :status, mismatches = :mismatches, accountsChecked = :checked',
              'findings = :findings, finishedAt = :now, updatedAt = :now REMOVE foundByAccount',
            ].join(', '),
            ConditionExpression: '#status = :running',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':status': ended.status,
              ':mismatches': ended.mismatches,
              ':checked': accountsChecked,
              ':findings': findings,
              ':now': now,
              ':running': 'RUNNING',
            },
          }),
        );
        return ended;
      }, backoff),
  };
}

/** A step that ran twice counted twice; the findings stand by account, once. */
function endOf(listed: number, counted: number): Ended {
  const mismatches = listed < MAX_FINDINGS ? listed : Math.max(listed, counted);
  return { status: mismatches === 0 ? 'BALANCED' : 'MISMATCHED', mismatches };
}

/** A condition that fails says that it was done before, or that there is no room. */
async function unlessItFails(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
  }
}
