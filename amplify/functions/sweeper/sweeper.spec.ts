import type { QueryCommand, QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { STATUSES, TERMINAL } from '../../../domain/life-cycle.ts';
import { NOW } from '../../../domain/samples.ts';
import type { Execution } from '../shared/executions.ts';
import { mendExecution } from './mend-execution.ts';
import type { Mended } from './mend-request.ts';
import { sweep, sweepSchema, type Suspect } from './sweeper.ts';
import { unfinishedRequests } from './unfinished-requests.ts';

describe('a sweep', () => {
  const mend = (results: Record<string, Mended | Error>) => (suspect: Suspect) => {
    const result = results['requestId' in suspect ? suspect.requestId : suspect.executionArn] ?? 'NOTHING';
    return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
  };

  const suspectOf = ({ name }: { name: string }) => ({ requestId: name });

  it('looks at one request when its execution went wrong', async () => {
    const unfinished = vi.fn();
    const execution = { executionArn: 'a', stateMachineArn: 'm', name: 'r' };
    const sweeping = sweep({ unfinished, broken: vi.fn(), suspectOf, mend: mend({ r: 'REDRIVEN' }) });
    expect(await sweeping(execution, NOW)).toEqual({ REDRIVEN: 1 });
    expect(unfinished).not.toHaveBeenCalled();
  });

  it('looks at all by the clock, and one that fails stops no other', async () => {
    const requestIds = Array.from({ length: 25 }, (_, index) => `r${index}`);
    const unfinished = () => Promise.resolve({ requestIds, unfinished: true });
    const broken = () => Promise.resolve([{ requestId: 'r24' }, { executionArn: 'lost' }]);
    const results = { r0: new Error('throttled'), r24: 'STARTED', lost: 'REDRIVEN' } as const;
    expect(await sweep({ unfinished, broken, suspectOf, mend: mend(results) })({}, NOW)).toEqual({
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
      detail: { executionArn: 'a', stateMachineArn: 'm', name: 'r' },
    };
    expect(sweepSchema.parse(change)).toEqual(change.detail);
    expect(sweepSchema.safeParse({}).success).toBe(false);
  });
});

describe('an execution without a request', () => {
  const mending = (found: Partial<Execution> | undefined) => {
    const redrive = vi.fn().mockResolvedValue(undefined);
    const mend = mendExecution({ execution: () => Promise.resolve(found as Execution | undefined), redrive });
    return { redrive, mended: mend('arn', NOW) };
  };
  const failed = { status: 'FAILED', redriveStatus: 'REDRIVABLE', stopDate: new Date(NOW) } as const;

  it('is redriven at once, then after a pause, three times', async () => {
    const first = mending({ ...failed, redriveCount: 0 });
    expect(await first.mended).toBe('REDRIVEN');
    expect(first.redrive).toHaveBeenCalledWith('arn', 1);
    expect(await mending({ ...failed, redriveCount: 1 }).mended).toBe('NOTHING');
    const paused = { ...failed, redriveCount: 2, stopDate: new Date(Date.parse(NOW) - 600_000) };
    expect(await mending(paused).mended).toBe('REDRIVEN');
    expect(await mending({ ...failed, redriveCount: 3 }).mended).toBe('PARKED');
  });

  it('is left alone while it runs, once it is through, and where there is none', async () => {
    for (const status of ['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'] as const)
      expect(await mending({ status }).mended).toBe('NOTHING');
    expect(await mending(undefined).mended).toBe('NOTHING');
  });

  it('that can be redriven no more waits for an operator', async () => {
    expect(await mending({ ...failed, redriveStatus: 'NOT_REDRIVABLE' }).mended).toBe('PARKED');
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
