import type { Context } from 'aws-lambda';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../../domain/refusal.ts';
import { BrokenRule, ServiceFault } from './service-fault.ts';
import { requestStepSchema, worker } from './worker.ts';

const context = { awsRequestId: 'invocation' } as Context;
const input = { requestId: 'request', executionArn: 'arn' };

const failingWith = (error: unknown) =>
  worker(requestStepSchema, () => Promise.reject(error as Error))(input, context);

describe('a worker', () => {
  it('hands input and one time down, and its result up', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-24T10:00:00.000Z') });
    const run = worker(requestStepSchema, (given, now) => Promise.resolve({ given, now }));
    expect(await run({ ...input, more: 1 }, context)).toEqual({
      given: input,
      now: '2026-11-24T10:00:00.000Z',
    });
    vi.useRealTimers();
  });

  it('does not run with an input that does not parse', async () => {
    const run = vi.fn();
    await expect(worker(requestStepSchema, run)({ requestId: 1 }, context)).rejects.toMatchObject({
      name: '$ZodError',
    });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ['a fault of AWS', Object.assign(new Error('slow down'), { name: 'ThrottlingException' })],
    ['a lost connection', Object.assign(new Error('reset'), { name: 'Error', code: 'ECONNRESET' })],
    ['something that is no error', 'nonsense'],
    ['a hint that was lost', new ServiceFault('The bus refused 1 of 1 events')],
  ])('asks for another try after %s', async (_what, error) => {
    await expect(failingWith(error)).rejects.toMatchObject({ name: 'ServiceFault' });
  });

  it.each([
    ['a contradiction in our rows', new BrokenRule('two escrows')],
    ['a bug', new TypeError('undefined is not a function')],
    ['a refusal', new Refusal('INSUFFICIENT_HOURS')],
    ['hours that went another way', Object.assign(new Error('released'), { name: 'EscrowMoved' })],
  ])('asks for no other try after %s', async (_what, error) => {
    await expect(failingWith(error)).rejects.toBe(error);
  });

  it('throws what the retry policy of the state machines knows', () => {
    const file = join(import.meta.dirname, '../../../workflows/service-request.asl.json');
    expect(readFileSync(file, 'utf8')).toContain('"ServiceFault"');
    expect(new ServiceFault('').name).toBe('ServiceFault');
  });
});
