import { describe, expect, it } from 'vitest';
import { findingsIn } from './findings';

describe('what did not agree, read from a report', () => {
  it('is told by account', () => {
    const json = JSON.stringify([{ accountId: 'ada', words: ['Available 9 is not 8.', 'Held 2 is not 1.'] }]);

    expect(findingsIn(json)).toEqual([
      { accountId: 'ada', words: ['Available 9 is not 8.', 'Held 2 is not 1.'] },
    ]);
  });

  it.each([
    [
      { userId: 'ada', words: 'Available 9 is not 8.' },
      { accountId: 'ada', words: ['Available 9 is not 8.'] },
    ],
    ['The sum is 1.', { accountId: undefined, words: ['The sum is 1.'] }],
    [{ rule: 7 }, { accountId: undefined, words: ['{"rule":7}'] }],
    [null, { accountId: undefined, words: ['null'] }],
  ])('is shown in whatever form it comes (%#)', (finding, shown) => {
    expect(findingsIn([finding])).toEqual([shown]);
  });

  it.each([null, undefined, '[]', []])('is nothing where there is nothing (%#)', (json) => {
    expect(findingsIn(json)).toEqual([]);
  });

  it('is shown as it is where it is no JSON', () => {
    expect(findingsIn('broken {')).toEqual([{ accountId: undefined, words: ['broken {'] }]);
  });
});
