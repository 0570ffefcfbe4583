import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { WAITS } from '../../../domain/deadlines.ts';
import { MINUTE, after, type Instant } from '../../../domain/instant.ts';
import { STATUSES, isTerminal, type Status } from '../../../domain/life-cycle.ts';

/** A healthy workflow is through with a status of its own, or with an answer, sooner than this. */
const GRACE = MINUTE;

/** One sweep reads at most so many rows of a status; the rest is for the next. */
const PAGE = 100;
const PAGES = 50;

const idSchema = z.object({ id: z.string() });

export interface Found {
  readonly requestIds: readonly string[];
  /** There may be more. */
  readonly unfinished: boolean;
}

/**
 * Requests that their workflow should have moved by now: in a status of the system's own for a while, or waiting with an
 * answer or beyond the deadline. Those that wait in peace are not touched, so a sweep costs next to nothing; whether the
 * execution behind them still runs is asked of Step Functions (`brokenExecutions`).
 */
export async function unfinishedRequests(
  dynamo: Pick<DynamoDBDocumentClient, 'send'>,
  table: string,
  now: Instant,
): Promise<Found> {
  const open = STATUSES.filter((status) => !isTerminal(status));
  const found = await Promise.all(open.map((status) => ofStatus(dynamo, table, status, now)));
  return {
    requestIds: found.flatMap(({ requestIds }) => requestIds),
    unfinished: found.some(({ unfinished }) => unfinished),
  };
}

async function ofStatus(
  dynamo: Pick<DynamoDBDocumentClient, 'send'>,
  table: string,
  status: Status,
  now: Instant,
): Promise<Found> {
  const requestIds: string[] = [];
  let next: Record<string, unknown> | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byStatus',
        KeyConditionExpression: '#status = :status AND updatedAt < :before',
        ...(WAITS[status] && { FilterExpression: 'attribute_exists(pendingEvent) OR expiresAt < :before' }),
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': status, ':before': after(now, -GRACE) },
        Limit: PAGE,
        ...(next && { ExclusiveStartKey: next }),
      }),
    );
    requestIds.push(...Items.map((item) => idSchema.parse(item).id));
    next = LastEvaluatedKey;
    if (!next) return { requestIds, unfinished: false };
  }
  return { requestIds, unfinished: true };
}
