import { expect, it } from 'vitest';
import { Challenges } from './challenges.ts';

const challenge = { kind: 'NEW_PASSWORD_REQUIRED', clientId: 'client', username: 'ada' } as const;

it('a challenge is answered once, by its own handle, while it is valid', () => {
  const challenges = new Challenges();
  const first = challenges.begin(challenge, 180, 0);
  const second = challenges.begin({ ...challenge, username: 'ben' }, 180, 0);
  expect(challenges.take('another', 0)).toBeUndefined();
  expect(challenges.take(first, 179_999)).toEqual(challenge);
  expect(challenges.take(first, 179_999)).toBeUndefined();
  expect(challenges.take(second, 180_000)).toBeUndefined();
});
