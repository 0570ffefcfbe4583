import type { VerificationCodes } from './verification-codes.ts';
import type { PasswordRecord } from './srp.ts';

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

/** One user as stored; times are epoch milliseconds of the embedded clock. */
export interface User {
  readonly username: string;
  /** Always with `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: UserStatus;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly password?: PasswordRecord;
  /** After this an administrator's temporary password is worthless. */
  readonly temporaryPasswordUntil?: number;
  readonly codes: VerificationCodes;
  /** New values that wait for their code. */
  readonly pendingAttributes: Readonly<Record<string, string>>;
}

export interface NamedValue {
  readonly Name: string;
  readonly Value: string;
}

/** Every user has a `sub`. */
export const subOf = (user: User): string => user.attributes['sub'] ?? user.username;

export const attributeList = (attributes: Readonly<Record<string, string>>): NamedValue[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** Cognito's `UserType`; dates are epoch seconds, as its JSON protocol has them. */
export function describeUser(user: User) {
  return {
    Username: user.username,
    Attributes: attributeList(user.attributes),
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.modifiedAt / 1000,
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
