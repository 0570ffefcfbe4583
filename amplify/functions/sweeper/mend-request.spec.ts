import { describe, expect, it, vi } from 'vitest';
import { MINUTE, after } from '../../../domain/instant.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { NOW, sampleRequest } from '../../../domain/samples.ts';
import type { Execution } from '../shared/executions.ts';
import type { WaitRow } from '../shared/wait-writer.ts';
import { mendRequest } from './mend-request.ts';

const waiting = sampleRequest({ status: 'AWAITING_RESPONSE', revision: 4, expiresAt: after(NOW, 60) });
const confirmed = sampleRequest({ status: 'COMPLETED', revision: 7, pendingEvent: 'CONFIRM' });
const failed = (overrides: Partial<Execution> = {}): Execution => ({
  status: 'FAILED',
  redriveCount: 0,
  redriveStatus: 'REDRIVABLE',
  stopDate: new Date(NOW),
  ...overrides,
});

function stage(request: RequestRecord | undefined, execution: Execution | undefined, wait?: WaitRow) {
  const edges = {
    requestOf: vi.fn().mockResolvedValue(request),
    waitOf: vi.fn().mockResolvedValue(wait),
    wake: vi.fn().mockResolvedValue(undefined),
    workflow: { executionArn: (id: string) => `arn:${id}`, start: vi.fn().mockResolvedValue(undefined) },
    execution: vi.fn().mockResolvedValue(execution),
    redrive: vi.fn().mockResolvedValue(undefined),
    refund: vi.fn().mockResolvedValue(true),
    pay: vi.fn().mockResolvedValue(true),
  };
  const mend = mendRequest(edges);
  return { ...edges, mend: (now = NOW) => mend(request?.id ?? 'unknown', now) };
}

describe('the sweeper', () => {
  it('starts what was submitted and never started', async () => {
    const { mend, workflow } = stage(sampleRequest(), undefined);
    expect(await mend()).toBe('STARTED');
    expect(workflow.start).toHaveBeenCalledWith(sampleRequest().id);
  });

  it('wakes an execution whose answer stands in the row', async () => {
    const answered = { ...waiting, pendingEvent: 'ACCEPT' } as const;
    const { mend, wake } = stage(answered, { status: 'RUNNING' }, { id: 'r#4', token: 'token' });
    expect(await mend()).toBe('WOKEN');
    expect(wake).toHaveBeenCalledWith('token');
  });

  it('wakes an execution that slept through its deadline', async () => {
    const { mend } = stage(waiting, { status: 'RUNNING' }, { id: 'r#4', token: 'token' });
    expect(await mend(after(NOW, 61))).toBe('WOKEN');
  });

  it('leaves alone what waits in peace, what has ended, and what does not exist', async () => {
    const peaceful = stage(waiting, { status: 'RUNNING' }, { id: 'r#4', token: 'token' });
    expect(await peaceful.mend()).toBe('NOTHING');
    expect(peaceful.wake).not.toHaveBeenCalled();
    expect(await stage(sampleRequest({ status: 'PAID' }), failed()).mend()).toBe('NOTHING');
    expect(await stage(undefined, undefined).mend()).toBe('NOTHING');
  });

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'] as const)(
    'takes an execution up again that %s',
    async (status) => {
      const { mend, redrive } = stage(waiting, failed({ status }));
      expect(await mend()).toBe('REDRIVEN');
      expect(redrive).toHaveBeenCalledWith(`arn:${waiting.id}`, 1);
    },
  );

  it('gives what is broken time to heal before it tries again', async () => {
    const { mend, redrive } = stage(waiting, failed({ redriveCount: 1 }));
    expect(await mend(after(NOW, 9 * MINUTE))).toBe('NOTHING');
    expect(await mend(after(NOW, 10 * MINUTE))).toBe('REDRIVEN');
    expect(redrive).toHaveBeenCalledExactlyOnceWith(`arn:${waiting.id}`, 2);
  });

  it.each([
    ['failed three times more', failed({ redriveCount: 3 })],
    ['can be redriven no more', failed({ redriveStatus: 'NOT_REDRIVABLE' })],
    ['succeeded and left its request behind', { status: 'SUCCEEDED' } as const],
    ['is forgotten', undefined],
  ])('gives the hours back when the execution %s', async (_what, execution) => {
    const { mend, refund, pay, redrive } = stage(waiting, execution);
    expect(await mend()).toBe('COMPENSATED');
    expect(refund).toHaveBeenCalledWith(waiting);
    expect(pay).not.toHaveBeenCalled();
    expect(redrive).not.toHaveBeenCalled();
  });

  it('never refunds what was confirmed: that waits for an operator', async () => {
    const { mend, refund, pay } = stage(confirmed, failed({ redriveCount: 3 }));
    expect(await mend()).toBe('PARKED');
    expect(refund).not.toHaveBeenCalled();
    expect(pay).not.toHaveBeenCalled(); // an operator may still redrive it
  });

  it.each([
    ['can be redriven no more', failed({ redriveStatus: 'NOT_REDRIVABLE' })],
    [
      'could be redriven no more even after three times',
      failed({ redriveCount: 3, redriveStatus: 'NOT_REDRIVABLE' }),
    ],
    ['succeeded and left its request behind', { status: 'SUCCEEDED' } as const],
    ['is forgotten', undefined],
  ])('pays what was confirmed, once, when the execution %s', async (_what, execution) => {
    const { mend, refund, pay } = stage(confirmed, execution);
    expect(await mend()).toBe('PAYING');
    expect(pay).toHaveBeenCalledExactlyOnceWith(confirmed);
    pay.mockResolvedValue(false);
    expect(await mend()).toBe('PARKED');
    expect(refund).not.toHaveBeenCalled();
  });

  it('calls an operator when the refund was tried before', async () => {
    const { mend, refund } = stage(waiting, failed({ redriveCount: 3 }));
    refund.mockResolvedValue(false);
    expect(await mend()).toBe('PARKED');
  });

  it('looks again before it refunds: the request may have ended meanwhile', async () => {
    const { mend, requestOf, refund } = stage(waiting, { status: 'SUCCEEDED' });
    requestOf.mockResolvedValueOnce(waiting).mockResolvedValueOnce({ ...waiting, status: 'EXPIRED' });
    expect(await mend()).toBe('NOTHING');
    expect(refund).not.toHaveBeenCalled();
  });
});
