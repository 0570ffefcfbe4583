import { expect, it } from 'vitest';
import { sideBySide } from './side-by-side.ts';

it('runs so many at once, and answers in the order of the items', async () => {
  let running = 0;
  let most = 0;
  const results = await sideBySide([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

it('does nothing for nothing, and fails as the first that fails', async () => {
  expect(await sideBySide([], 3, () => Promise.reject(new Error('never')))).toEqual([]);
  await expect(sideBySide([1], 3, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
