import { describe, expect, it, vi } from 'vitest';
import { describeExecution, runningExecution } from './executions.ts';
import { waker } from './task-tokens.ts';
import { startOnce, workflowAt } from './workflow.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:hourbank';
const named = (name: string) => Object.assign(new Error(name), { name });

describe('the workflow of a request', () => {
  it('is named by it, so that its ARN is known before it starts', () => {
    expect(workflowAt(MACHINE, { send: vi.fn() }).executionArn('r')).toBe(
      'arn:aws:states:us-east-1:000000000000:execution:hourbank:r',
    );
  });

  it('starts with the id of the request and nothing else', async () => {
    const send = vi.fn().mockResolvedValue({});
    await workflowAt(MACHINE, { send }).start('r');
    expect(send.mock.calls[0]?.[0]).toMatchObject({
      input: { stateMachineArn: MACHINE, name: 'r', input: '{"requestId":"r"}' },
    });
  });

  it('is not started twice, and says so when it cannot start', async () => {
    const start = (error: Error) =>
      workflowAt(MACHINE, { send: vi.fn().mockRejectedValue(error) }).start('r');
    await expect(start(named('ExecutionAlreadyExists'))).resolves.toBeUndefined();
    await expect(start(named('ExecutionLimitExceeded'))).rejects.toThrow();
  });
});

describe('starting once', () => {
  const start = (send: () => Promise<unknown>) =>
    startOnce({ send }, MACHINE, { name: 'n', input: { a: 1 } });

  it('says whether it was this start, and is no answer where Step Functions has none', async () => {
    expect(await start(() => Promise.resolve({}))).toBe(true);
    expect(await start(() => Promise.reject(named('ExecutionAlreadyExists')))).toBe(false);
    await expect(start(() => Promise.reject(named('ThrottlingException')))).rejects.toThrow();
  });
});

describe('an execution that does not exist', () => {
  it('is undefined, and other faults are faults', async () => {
    const describing = (error: Error) => describeExecution({ send: vi.fn().mockRejectedValue(error) }, 'arn');
    expect(await describing(named('ExecutionDoesNotExist'))).toBeUndefined();
    await expect(describing(named('AccessDeniedException'))).rejects.toThrow();
  });
});

describe('an execution that runs', () => {
  it('is named, if there is one', async () => {
    const running = (executions: readonly object[]) =>
      runningExecution({ send: vi.fn().mockResolvedValue({ executions }) }, MACHINE);
    expect(await running([{ name: 'check-1' }])).toBe('check-1');
    expect(await running([])).toBeUndefined();
  });
});

describe('waking', () => {
  it('sends an empty answer: the row says what it means', async () => {
    const send = vi.fn().mockResolvedValue({});
    await waker({ send })('token');
    expect(send.mock.calls[0]?.[0]).toMatchObject({ input: { taskToken: 'token', output: '{}' } });
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'ThrottlingException'])('outlives %s', async (fault) => {
    await expect(waker({ send: vi.fn().mockRejectedValue(named(fault)) })('token')).resolves.toBeUndefined();
  });
});
