import { describe, expect, it } from 'vitest';
import { MAX_WORDS, MAX_FINDINGS, MAX_SENTENCE, findingOf } from './reconciliation.ts';

const sentences = (count: number, length = 10) => Array.from({ length: count }, () => 'a'.repeat(length));

describe('a finding', () => {
  it('tells all that disagrees, as far as there is room', () => {
    const breaches = sentences(MAX_WORDS);
    expect(findingOf('ana', breaches, true)).toEqual({ accountId: 'ana', words: breaches, locked: true });
  });

  it('says how much it leaves out', () => {
    const { words } = findingOf('ana', sentences(MAX_WORDS + 8), false);
    expect(words).toHaveLength(MAX_WORDS);
    expect(words.at(-1)).toBe('and 9 more');
  });

  it('shortens a sentence that is too long, and shows that it did', () => {
    const [whole, shortened] = findingOf(
      'ana',
      [...sentences(1, MAX_SENTENCE), ...sentences(1, MAX_SENTENCE + 1)],
      true,
    ).words;
    expect(whole).toHaveLength(MAX_SENTENCE);
    expect(whole).not.toContain('…');
    expect(shortened).toHaveLength(MAX_SENTENCE);
    expect(shortened).toMatch(/a…$/);
  });

  it('leaves room for all the others in one row of 400 kB', () => {
    const widest = findingOf('ana', sentences(MAX_WORDS, MAX_SENTENCE * 2), true);
    const bytes = Buffer.byteLength(JSON.stringify(widest)) * MAX_FINDINGS;
    expect(bytes).toBeLessThan(200_000);
  });
});
