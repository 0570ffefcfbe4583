import { describe, expect, it } from 'vitest';
import { findingsIn } from './findings';

describe('what did not agree, read from a report', () => {
  it('is told by account, and whether that is locked', () => {
    const found = [
      { accountId: 'ada', words: ['Available 9 is not 8.', 'Held 2 is not 1.'], locked: true },
      { accountId: 'treasury-3', words: ['The sum is 1.'], locked: false },
    ];

    expect(findingsIn(JSON.stringify(found))).toEqual(found);
  });

  it.each([
    [{ userId: 'ada', words: 'Available 9 is not 8.' }, ['ada', 'Available 9 is not 8.']],
    ['The sum is 1.', [undefined, 'The sum is 1.']],
    [{ rule: 7 }, [undefined, '{"rule":7}']],
    [null, [undefined, 'null']],
  ])('is shown in whatever form it comes (%#)', (finding, [accountId, words]) => {
    expect(findingsIn([finding])).toEqual([{ accountId, words: [words], locked: false }]);
  });

  it.each([null, undefined, '[]', []])('is nothing where there is nothing (%#)', (json) => {
    expect(findingsIn(json)).toEqual([]);
  });

  it('is shown as it is where it is no JSON', () => {
    expect(findingsIn('broken {')).toEqual([{ accountId: undefined, words: ['broken {'], locked: false }]);
  });
});
