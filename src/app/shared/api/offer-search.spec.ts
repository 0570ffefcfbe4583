import { describe, expect, it } from 'vitest';
import { holdsWords } from './offer-search';

const OFFER = { title: 'Café-style baking', description: 'Bread, cakes and Sunday breakfast.' };

describe('searching offers', () => {
  it('finds words whatever their case or accents, in title and description', () => {
    expect(holdsWords(OFFER, 'cafe BREAD')).toBe(true);
  });

  it('wants every word', () => {
    expect(holdsWords(OFFER, 'bread piano')).toBe(false);
  });

  it('finds everything by nothing', () => {
    expect(holdsWords(OFFER, '  ')).toBe(true);
  });
});
