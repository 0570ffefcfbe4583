import { invalidParameter, notAuthorized } from './cognito-errors.ts';
import type { ClientConfig, PoolConfig } from './pool-config.ts';
import type { NamedValue } from './user.ts';

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const STANDARD = new Set(
  (
    'address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture ' +
    'preferred_username profile updated_at website zoneinfo'
  ).split(' '),
);
const VERIFIED = new Set(['email_verified', 'phone_number_verified']);
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+\d{1,15}$/;

/** As given by the client, or by an administrator (no client), who alone may set `email_verified`. */
export function parseAttributes(
  pool: PoolConfig,
  client: ClientConfig | undefined,
  list: readonly NamedValue[],
): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const { Name, Value } of list) {
    if (Name === 'sub') throw invalidParameter('Cannot modify the non-mutable attribute sub');
    if (client) checkWritable(client, Name);
    if (!VERIFIED.has(Name) && !isStandardAttribute(Name) && !pool.schema.some(({ name }) => name === Name))
      throw nonconforming(`Type for attribute {${Name}} could not be determined`);
    if (VERIFIED.has(Name) && Value !== 'true' && Value !== 'false')
      throw invalidParameter(`Invalid boolean format for attribute ${Name}.`);
    if (Name === 'email' && !EMAIL.test(Value)) throw invalidParameter('Invalid email address format.');
    if (Name === 'phone_number' && !PHONE.test(Value)) throw invalidParameter('Invalid phone number format.');
    attributes[Name] = Value;
  }
  return attributes;
}

/** Throws InvalidParameterException for a required attribute that a new user lacks. */
export function checkRequired(pool: PoolConfig, attributes: Readonly<Record<string, string>>): void {
  for (const { name, required } of pool.schema)
    if (required && !attributes[name]) throw nonconforming(`${name}: The attribute is required`);
}

/** Throws InvalidParameterException for a change of an attribute that can only be given once. */
export function checkMutable(pool: PoolConfig, names: readonly string[]): void {
  for (const { name, mutable } of pool.schema)
    if (!mutable && names.includes(name))
      throw invalidParameter(`user.${name}: Attribute cannot be updated.`);
}

/** What the client may see. */
export function readable(
  client: ClientConfig,
  attributes: Readonly<Record<string, string>>,
): Record<string, string> {
  const { readAttributes } = client;
  if (!readAttributes) return { ...attributes };
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name === 'sub' || readAttributes.includes(name)),
  );
}

export const isStandardAttribute = (name: string): boolean => STANDARD.has(name);
export const isEmail = (value: string): boolean => EMAIL.test(value);
export const isPhoneNumber = (value: string): boolean => PHONE.test(value);

function checkWritable({ writeAttributes }: ClientConfig, name: string): void {
  if (VERIFIED.has(name) || (writeAttributes && !writeAttributes.includes(name)))
    throw notAuthorized('A client attempted to write unauthorized attribute');
}

const nonconforming = (detail: string) =>
  invalidParameter(`Attributes did not conform to the schema: ${detail}`);
