import { createHash } from 'node:crypto';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPasswordRecord, parsePublicValue, passwordMatches, proofHolds, startExchange } from './srp.ts';

/** The SRP client inside aws-amplify: not public, but the very code that has to agree with ours. */
interface AmplifySrp {
  readonly BigInteger: new (hex: string, radix: number) => BigIntegerLike;
  readonly AuthenticationHelper: new (options: Record<string, unknown>) => {
    getPasswordAuthenticationKey(input: Record<string, unknown>): Promise<Uint8Array>;
  };
  readonly getSignatureString: (input: Record<string, unknown>) => string;
  readonly INIT_N: string;
}
interface BigIntegerLike {
  toString(radix: number): string;
  modPow(
    e: BigIntegerLike,
    n: BigIntegerLike,
    callback: (error: unknown, result: BigIntegerLike) => void,
  ): void;
}

const { BigInteger, AuthenticationHelper, getSignatureString, INIT_N } = loadAmplifySrp();
const N = BigInt(`0x${INIT_N}`);
const POOL_NAME = 'local0001';
const TIMESTAMP = 'Tue Nov 3 09:05:07 UTC 2026';
const SECRET_BLOCK = Buffer.from('a secret block of this exchange').toString('base64');

interface Attempt {
  readonly username: string;
  /** Set as password when the user was made. */
  readonly password: string;
  /** Typed at the sign-in. */
  readonly typed?: string;
  readonly salt?: Uint8Array;
  readonly clientSecret?: string;
  readonly serverSecret?: bigint;
}

/** One whole sign-in: Amplify's client against our server. */
async function signIn({
  username,
  password,
  typed = password,
  salt,
  clientSecret = 'c0ffee',
  serverSecret = 77n,
}: Attempt) {
  const identity = { poolName: POOL_NAME, username };
  const record = createPasswordRecord(identity, password, salt ?? Buffer.from('0123456789abcdef'));
  const exchange = startExchange(record, serverSecret);
  const a = new BigInteger(clientSecret, 16);
  const modulus = new BigInteger(INIT_N, 16);
  const g = new BigInteger('2', 16);
  const A = await new Promise<BigIntegerLike>((resolve) => {
    g.modPow(a, modulus, (_error, result) => {
      resolve(result);
    });
  });
  const clientValue = parsePublicValue(A.toString(16));
  if (clientValue === undefined) throw new Error('The client made no valid SRP_A');
  const hkdf = await new AuthenticationHelper({
    userPoolName: POOL_NAME,
    a,
    g,
    A,
    N: modulus,
  }).getPasswordAuthenticationKey({
    username,
    password: typed,
    serverBValue: new BigInteger(exchange.publicValue.toString(16), 16),
    salt: new BigInteger(record.salt, 16),
  });
  const signature = getSignatureString({
    userPoolName: POOL_NAME,
    username,
    challengeParameters: { SECRET_BLOCK },
    dateNow: TIMESTAMP,
    hkdf,
  });
  const accepted = proofHolds({
    identity,
    record,
    exchange,
    clientValue,
    secretBlock: SECRET_BLOCK,
    timestamp: TIMESTAMP,
    signature,
  });
  return { accepted, exchange, record };
}

describe('SRP as aws-amplify speaks it', () => {
  it('accepts the right password and refuses any other, whatever the characters', async () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          username: words,
          password: words,
          typed: words,
          salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
          clientSecret: fc.bigInt({ min: 1n, max: 2n ** 256n }),
          serverSecret: fc.bigInt({ min: 1n, max: 2n ** 256n }),
        }),
        async ({ clientSecret, typed, ...attempt }) => {
          const secret = clientSecret.toString(16);
          expect((await signIn({ ...attempt, clientSecret: secret })).accepted).toBe(true);
          fc.pre(typed !== attempt.password);
          expect((await signIn({ ...attempt, typed, clientSecret: secret })).accepted).toBe(false);
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  it.each([
    ['all zero but the last bit', Buffer.from('00000000000000000000000000000001', 'hex')],
    ['of odd length in hexadecimal', Buffer.from('0123456789abcdef0123456789abcdef', 'hex')],
    ['with leading zero bytes', Buffer.from('0000ff456789abcdef0123456789abcd', 'hex')],
    ['with its sign bit set', Buffer.from('ff23456789abcdef0123456789abcdef', 'hex')],
  ])('agrees on a salt %s', async (_, salt) => {
    expect((await signIn({ username: 'member', password: 'Secret-1', salt })).accepted).toBe(true);
  });

  // The secrets were found by search: one public value in 16 is a digit shorter than N, one in 256 a byte.
  it.each([
    ['a digit', 3069n, 767],
    ['a byte', 3135n, 766],
    ['a byte, with its sign bit set', 3202n, 766],
  ])('agrees on an SRP_B that is shorter than the modulus by %s', async (_, serverSecret, digits) => {
    const { accepted, exchange } = await signIn({ username: 'member', password: 'Secret-1', serverSecret });
    expect(exchange.publicValue.toString(16)).toHaveLength(digits);
    expect(accepted).toBe(true);
  });

  it.each(['3', '7', '8', 'f', '10'])('agrees on the few bytes of SRP_A = 2^0x%s', async (clientSecret) => {
    expect((await signIn({ username: 'member', password: 'Secret-1', clientSecret })).accepted).toBe(true);
  });

  it('agrees where hashes begin with zeros', async () => {
    const beginsWithZero = (text: string) =>
      createHash('sha256').update(`${POOL_NAME}member:${text}`).digest('hex').startsWith('00');
    const passwords = Array.from({ length: 2000 }, (_, index) => `Secret-${index}`).filter(beginsWithZero);
    expect(passwords.length).toBeGreaterThan(2);
    for (const password of passwords.slice(0, 3))
      expect((await signIn({ username: 'member', password })).accepted).toBe(true);
  });

  it('refuses a public value that would need no password', () => {
    for (const value of ['0', '00', N.toString(16), (2n * N).toString(16), '', 'xyz', '-1', '0x10'])
      expect(parsePublicValue(value)).toBeUndefined();
    expect(parsePublicValue((N + 1n).toString(16))).toBe(N + 1n);
  });

  it('compares a password sent in the clear with the same record', () => {
    const identity = { poolName: POOL_NAME, username: 'member' };
    fc.assert(
      fc.property(fc.string(), fc.string(), (password, other) => {
        const record = createPasswordRecord(identity, password);
        expect(passwordMatches(identity, password, record)).toBe(true);
        expect(passwordMatches(identity, other, record)).toBe(other === password);
      }),
      { numRuns: 30 },
    );
  });
});

function loadAmplifySrp(): AmplifySrp {
  const amplify = findPackageJSON('aws-amplify', import.meta.url);
  const auth = amplify && findPackageJSON('@aws-amplify/auth', pathToFileURL(amplify));
  if (!auth) throw new Error('aws-amplify is not installed');
  const require = createRequire(auth);
  const file = (path: string) => join(dirname(auth), 'dist/cjs/providers/cognito/utils/srp', path);
  const load = (path: string) => require(file(path)) as Record<string, unknown>;
  return {
    BigInteger: (load('BigInteger/index.js') as { BigInteger: AmplifySrp['BigInteger'] }).BigInteger,
    AuthenticationHelper: (
      load('AuthenticationHelper/index.js') as {
        AuthenticationHelper: AmplifySrp['AuthenticationHelper'];
      }
    ).AuthenticationHelper,
    getSignatureString: (
      load('getSignatureString.js') as { getSignatureString: AmplifySrp['getSignatureString'] }
    ).getSignatureString,
    INIT_N: (load('constants.js') as { INIT_N: string }).INIT_N,
  };
}
