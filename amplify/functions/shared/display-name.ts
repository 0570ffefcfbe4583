import { MAX_NAME } from '../../../domain/profile.ts';

/** For a member who gave no name. */
export const NO_NAME = 'New member';

/** How a new member is called, from what they said at sign-up; never their e-mail address, nor anything like one. */
export function displayNameOf(attributes: Readonly<Record<string, string | undefined>>): string {
  const given = [attributes['nickname'], attributes['preferred_username'], attributes['name']].map(
    (name) => name?.trim() ?? '',
  );
  return given.find((name) => name !== '' && !name.includes('@'))?.slice(0, MAX_NAME) ?? NO_NAME;
}
