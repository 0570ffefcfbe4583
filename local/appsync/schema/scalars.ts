import { isIP } from 'node:net';
import { GraphQLError, valueFromASTUntyped, type GraphQLScalarType, type GraphQLSchema } from 'graphql';

/** How a scalar of AppSync's reads what clients send and writes what resolvers give. */
interface ScalarRules {
  /** Throws for a value that is not of this type. */
  parse(value: unknown): unknown;
  /** Undefined for a value that cannot be written as this type. */
  serialize(value: unknown): unknown;
}

const OFFSET = String.raw`(Z|[+-]\d{2}:\d{2}(:\d{2})?)`;
const DAY = String.raw`-?\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?`;

/** https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html */
const RULES: Readonly<Record<string, ScalarRules>> = {
  AWSDate: textLike(new RegExp(`^${DAY}${OFFSET}?$`)),
  AWSTime: textLike(new RegExp(`^${TIME}${OFFSET}?$`)),
  AWSDateTime: textLike(new RegExp(`^${DAY}T${TIME}${OFFSET}$`)),
  AWSTimestamp: { parse: wholeNumber, serialize: (value) => (Number.isInteger(value) ? value : undefined) },
  AWSEmail: textLike(/^[^@\s]+@[^@\s]+\.[^@\s.]+$/),
  AWSURL: texts((value) => URL.canParse(value)),
  AWSPhone: texts((value) => /^\+?[\d\s()-]+$/.test(value) && /(\d\D*){4,15}/.test(value)),
  AWSIPAddress: texts(isAddress),
  AWSJSON: { parse: parseJson, serialize: (value) => JSON.stringify(value) },
};

export const SCALAR_NAMES = Object.keys(RULES);

/** Gives the scalars of a schema their rules; they are declared in it by name. */
export function installScalars(schema: GraphQLSchema): void {
  for (const [name, rules] of Object.entries(RULES)) {
    // Declared as `scalar` by the schema's prelude, so it is one.
    const scalar = schema.getType(name) as GraphQLScalarType | undefined;
    if (scalar === undefined) continue;
    scalar.parseValue = (value) => parsed(name, rules, value);
    scalar.parseLiteral = (node, variables) => parsed(name, rules, valueFromASTUntyped(node, variables));
    scalar.serialize = (value) => {
      const written = rules.serialize(value);
      if (written === undefined)
        throw new GraphQLError(`Unable to serialize \`${String(value)}\` as a valid ${nameOf(name)} Object.`);
      return written;
    };
  }
}

function parsed(name: string, rules: ScalarRules, value: unknown): unknown {
  try {
    return rules.parse(value);
  } catch {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    throw new GraphQLError(`Unable to parse \`${shown}\` as a valid ${nameOf(name)}.`);
  }
}

/** AppSync names its scalars without the prefix in messages. */
function nameOf(name: string): string {
  return name.replace(/^AWS/, '');
}

function textLike(pattern: RegExp): ScalarRules {
  return texts((value) => pattern.test(value));
}

function texts(isValid: (value: string) => boolean): ScalarRules {
  return {
    parse(value) {
      if (typeof value !== 'string' || !isValid(value)) throw new TypeError('not of this type');
      return value;
    },
    serialize: (value) => (typeof value === 'string' && isValid(value) ? value : undefined),
  };
}

function wholeNumber(value: unknown): unknown {
  if (!Number.isInteger(value)) throw new TypeError('not of this type');
  return value;
}

/** Clients send JSON as text; resolvers see what it says. */
function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') throw new TypeError('not of this type');
  return JSON.parse(value) as unknown;
}

/** An address of version 4 or 6, with or without the length of its network. */
function isAddress(value: string): boolean {
  const [address = '', length, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}
