import type { Context } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../../domain/refusal.ts';
import { operations, type Operation } from './refusals.ts';

const context = { awsRequestId: 'invocation' } as Context;
const identity = { sub: 'member', username: 'member', groups: ['admin'] };

const call = (operation: Operation, event: object = {}) =>
  operations({ field: operation })(
    { field: 'field', arguments: { requestId: 'r' }, identity, ...event },
    context,
  );

describe('an operation', () => {
  it('gets its arguments, the caller of the token, and answers a value', async () => {
    const operation = vi.fn<Operation>().mockResolvedValue({ id: 'r' });
    expect(await call(operation)).toEqual({ value: { id: 'r' } });
    expect(operation).toHaveBeenCalledWith(
      { requestId: 'r' },
      { userId: 'member', groups: ['admin'] },
      expect.stringMatching(/^\d{4}-.*Z$/),
    );
  });

  it('answers a refusal with its code and its sentence', async () => {
    const answer = await call(() => Promise.reject(new Refusal('OWN_OFFER')));
    expect(answer).toEqual({
      refusal: { code: 'OWN_OFFER', message: 'You cannot request your own offer.' },
    });
  });

  it('throws a fault of ours, so that AppSync says nothing of it but that it was one', async () => {
    await expect(call(() => Promise.reject(new Error('table gone')))).rejects.toThrow('table gone');
  });

  it.each([[undefined], [null], [{}], [{ sub: '' }], [{ userArn: 'arn:aws:iam::1:role/Partner' }]])(
    'is refused to a caller without a sub: %j',
    async (nobody) => {
      const operation = vi.fn<Operation>();
      expect(await call(operation, { identity: nobody })).toMatchObject({
        refusal: { code: 'NOT_A_MEMBER' },
      });
      expect(operation).not.toHaveBeenCalled();
    },
  );

  it('takes groups that are not there for none', async () => {
    const operation = vi.fn<Operation>().mockResolvedValue(null);
    await call(operation, { identity: { sub: 'member', groups: null } });
    expect(operation).toHaveBeenCalledWith(
      expect.anything(),
      { userId: 'member', groups: [] },
      expect.anything(),
    );
  });

  it('must be served: a field that nobody knows is a fault', async () => {
    await expect(call(vi.fn(), { field: 'dropTables' })).rejects.toThrow(
      'No operation serves the field dropTables',
    );
  });
});
