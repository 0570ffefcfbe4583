import { describe, expect, it } from 'vitest';

import { offerSchema } from './offer.ts';
import { profileSchema, responseTimeOf } from './profile.ts';

const profile = {
  displayName: ' Ana ',
  about: '',
  skills: ['Guitar'],
  neighbourhood: 'Harbour',
  responseTimeHours: 48,
};
const offer = {
  title: ' Guitar lessons ',
  description: 'For beginners',
  category: 'LESSONS',
  rate: 1,
  place: 'ONLINE',
  active: true,
};

describe('a profile', () => {
  it('is taken, trimmed', () => {
    expect(profileSchema.parse(profile)).toMatchObject({ displayName: 'Ana' });
  });

  it.each([
    { displayName: '  ' },
    { displayName: 'x'.repeat(81) },
    { about: 'x'.repeat(2001) },
    { skills: Array<string>(21).fill('x') },
    { skills: [''] },
    { responseTimeHours: 0 },
    { responseTimeHours: 337 },
    { responseTimeHours: 1.5 },
  ])('with %j is refused', (difference) => {
    expect(profileSchema.safeParse({ ...profile, ...difference }).success).toBe(false);
  });

  it.each([
    [1, 1],
    [336, 336],
    [undefined, 48],
    [400, 48],
  ])('that says %j hours to respond means %d', (responseTimeHours, hours) => {
    expect(responseTimeOf({ responseTimeHours })).toBe(hours);
  });
});

describe('an offer', () => {
  it('is taken, trimmed', () => {
    expect(offerSchema.parse(offer)).toMatchObject({ title: 'Guitar lessons' });
  });

  it.each([
    { title: 'Hi' },
    { title: 'x'.repeat(81) },
    { description: 'x'.repeat(2001) },
    { category: 'BANKING' },
    { rate: 0.1 },
    { rate: 10.25 },
    { place: 'MARS' },
  ])('with %j is refused', (difference) => {
    expect(offerSchema.safeParse({ ...offer, ...difference }).success).toBe(false);
  });
});
