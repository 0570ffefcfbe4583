import type { QueryCommand, QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { STATUSES, TERMINAL } from '../../../domain/life-cycle.ts';
import { NOW } from '../../../domain/samples.ts';
import type { Mended } from './mend-request.ts';
import { sweep, sweepSchema } from './sweeper.ts';
import { unfinishedRequests } from './unfinished-requests.ts';

describe('a sweep', () => {
  const mend = (results: Record<string, Mended | Error>) => (id: string) => {
    const result = results[id] ?? 'NOTHING';
    return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
  };

  it('looks at one request when its execution went wrong', async () => {
    const unfinished = vi.fn();
    const requestId = 'r';
    expect(
      await sweep({ unfinished, broken: vi.fn(), mend: mend({ r: 'REDRIVEN' }) })({ requestId }, NOW),
    ).toEqual({
      REDRIVEN: 1,
    });
    expect(unfinished).not.toHaveBeenCalled();
  });

  it('looks at all by the clock, and one that fails stops no other', async () => {
    const requestIds = Array.from({ length: 25 }, (_, index) => `r${index}`);
    const unfinished = () => Promise.resolve({ requestIds, unfinished: true });
    const broken = () => Promise.resolve(['r24', 'lost']);
    const results = { r0: new Error('throttled'), r24: 'STARTED', lost: 'REDRIVEN' } as const;
    expect(await sweep({ unfinished, broken, mend: mend(results) })({}, NOW)).toEqual({
      FAILED: 1,
      STARTED: 1,
      REDRIVEN: 1,
      NOTHING: 23,
    });
  });

  it('understands the schedule and the status change of an execution, and nothing else', () => {
    expect(sweepSchema.parse({ 'detail-type': 'Scheduled Event', detail: {} })).toEqual({});
    const change = {
      'detail-type': 'Step Functions Execution Status Change',
      detail: { executionArn: 'a', name: 'r' },
    };
    expect(sweepSchema.parse(change)).toEqual({ requestId: 'r', executionArn: 'a' });
    expect(sweepSchema.safeParse({}).success).toBe(false);
  });
});

describe('unfinished requests', () => {
  /** A DynamoDB that has `pages` pages for every query. */
  function database(pages: number) {
    const queries: QueryCommandInput[] = [];
    const send = vi.fn().mockImplementation(({ input }: QueryCommand) => {
      queries.push(input);
      const page = Number(input.ExclusiveStartKey?.['page'] ?? 1);
      const next = page < pages ? { LastEvaluatedKey: { page: page + 1 } } : {};
      const status = String(input.ExpressionAttributeValues?.[':status']);
      return Promise.resolve({ Items: [{ id: `${status}-${page}` }], ...next });
    });
    const dynamo = { send };
    return { dynamo, queries };
  }

  it('are looked for in every status that is not an end', async () => {
    const { dynamo, queries } = database(1);
    const { requestIds } = await unfinishedRequests(dynamo, 'Requests', NOW);
    const open = STATUSES.filter((status) => !(TERMINAL as readonly string[]).includes(status));
    expect(requestIds).toEqual(open.map((status) => `${status}-1`));
    expect(queries.every(({ IndexName }) => IndexName === 'byStatus')).toBe(true);
  });

  it('are not those that wait in peace, nor those that moved within the last minute', async () => {
    const { dynamo, queries } = database(1);
    await unfinishedRequests(dynamo, 'Requests', NOW);
    const filters = new Map(
      queries.map((query) => [query.ExpressionAttributeValues?.[':status'], query.FilterExpression]),
    );
    expect(filters.get('VALIDATING')).toBeUndefined();
    expect(filters.get('AWAITING_RESPONSE')).toBe('attribute_exists(pendingEvent) OR expiresAt < :before');
    expect(queries[0]?.ExpressionAttributeValues?.[':before']).toBe('2026-11-24T09:59:00.000Z');
  });

  it('are read page by page, to a bound that is told', async () => {
    const few = await unfinishedRequests(database(3).dynamo, 'Requests', NOW);
    expect(few).toMatchObject({ unfinished: false });
    expect(few.requestIds.filter((id) => id.startsWith('INITIATED'))).toHaveLength(3);
    const many = await unfinishedRequests(database(51).dynamo, 'Requests', NOW);
    expect(many).toMatchObject({ unfinished: true });
    expect(many.requestIds.filter((id) => id.startsWith('INITIATED'))).toHaveLength(50);
  });
});
