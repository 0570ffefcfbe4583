import { expect, it } from 'vitest';
import { LambdaBatches } from './lambda-batches.ts';

const doubled = (sizes: number[]) => (payloads: readonly unknown[]) => {
  sizes.push(payloads.length);
  return Promise.resolve(payloads.map((payload) => Number(payload) * 2));
};

it('invocations at the same time travel together, and each gets its own result', async () => {
  const batches = new LambdaBatches();
  const sizes: number[] = [];
  const results = [1, 2, 3, 4, 5].map((payload) => batches.add('field', 2, payload, doubled(sizes)));
  expect(await Promise.all(results)).toEqual([2, 4, 6, 8, 10]);
  expect(sizes).toEqual([2, 2, 1]);
});

it('callers do not share a batch', async () => {
  const batches = new LambdaBatches();
  const sizes: number[] = [];
  await Promise.all(['a', 'b'].map((caller) => batches.add(caller, 0, 1, doubled(sizes))));
  expect(sizes).toEqual([1, 1]);
});

it('a failure, or a wrong number of results, fails them all', async () => {
  const batches = new LambdaBatches();
  const failing = [1, 2].map((payload) =>
    batches.add('field', 0, payload, () => Promise.reject(new Error('down'))),
  );
  for (const { status } of await Promise.allSettled(failing)) expect(status).toBe('rejected');
  await expect(batches.add('field', 0, 1, () => Promise.resolve([]))).rejects.toThrow(
    'BatchInvoke wants 1 results',
  );
});
