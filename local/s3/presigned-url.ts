import { timingSafeEqual } from 'node:crypto';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { AwsServiceError, REGION } from '../gateway/aws-service.ts';
import { NodeSha256 } from './node-sha256.ts';
import { accessDenied } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** Seconds: a week. */
const LONGEST_LIFE = 604_800;
/** Milliseconds that a signer's clock may be ahead. */
const TOLERANCE = 15 * 60_000;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const HEADER_THAT_MUST_BE_SIGNED = /^x-amz-|^host$/;

/** What makes a URL a presigned one; the rest of the query is part of what is signed. */
const AUTHORIZATION = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const;
const SECURITY_TOKEN = 'X-Amz-Security-Token';

export const isPresigned = ({ query }: S3Request): boolean =>
  query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature');

/**
 * Checks a URL that was signed with credentials issued here, and gives back their access key id. Unlike elsewhere the
 * signature is computed anew: who holds such a URL may do what it says, with the bytes and the type that it says, and
 * nothing else. Any other signer is unknown, a developer with made-up credentials too, for their secret is not known.
 *
 * `now` is the movable clock, in epoch milliseconds: a function signs with its `Date`, which is that clock's. Moving the
 * clock past the end of a URL ends it, as waiting would.
 *
 * Throws AwsServiceError as S3 does: `AccessDenied` (expired, not valid yet, unsigned headers), `SignatureDoesNotMatch`,
 * `InvalidAccessKeyId`, `InvalidToken`, `AuthorizationQueryParametersError`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export async function verifyPresigned(
  request: S3Request,
  credentialsOf: (accessKeyId: string) => SigningCredentials | undefined,
  now: number,
): Promise<string> {
  const claims = claimsOf(request.query);
  const credentials = credentialsOf(claims.accessKeyId);
  if (!credentials)
    throw new AwsServiceError(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      403,
      { AWSAccessKeyId: claims.accessKeyId },
    );
  if ((request.query.get(SECURITY_TOKEN) ?? undefined) !== credentials.sessionToken)
    throw new AwsServiceError('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  checkTime(claims, now);
  checkHeaders(request, claims.signedHeaders);
  if (!isSame(await signatureOf(request, claims, credentials), claims.signature))
    throw new AwsServiceError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      403,
      { AWSAccessKeyId: claims.accessKeyId },
    );
  return claims.accessKeyId;
}

/** Without a session's token they are a user's, which only AWS's own example has. */
interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Claims {
  readonly accessKeyId: string;
  readonly signedAt: Date;
  /** Seconds. */
  readonly expires: number;
  readonly signedHeaders: ReadonlySet<string>;
  readonly signature: string;
}

function claimsOf(query: URLSearchParams): Claims {
  const [algorithm, credential, date, expires, signedHeaders, signature] = AUTHORIZATION.map((name) =>
    only(query, name),
  ) as [string, string, string, string, string, string]; // `only` gives each
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"');
  const match = DATE.exec(date);
  if (!match) throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const scope = `/${date.slice(0, 8)}/${REGION}/s3/aws4_request`;
  if (!credential.endsWith(scope))
    throw malformed(`Error parsing the X-Amz-Credential parameter; expecting a scope of "${scope.slice(1)}"`);
  if (!/^\d+$/.test(expires)) throw malformed('X-Amz-Expires should be a number');
  if (Number(expires) > LONGEST_LIFE)
    throw malformed(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  const [, year, month, day, hour, minute, second] = match;
  return {
    accessKeyId: credential.slice(0, -scope.length),
    signedAt: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
    expires: Number(expires),
    signedHeaders: new Set(signedHeaders.split(';')),
    signature,
  };
}

function only(query: URLSearchParams, name: string): string {
  const [value, ...others] = query.getAll(name);
  if (value === undefined || others.length > 0)
    throw malformed(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  return value;
}

function checkTime({ signedAt, expires }: Claims, now: number): void {
  const end = signedAt.getTime() + expires * 1000;
  const times = { Expires: new Date(end).toISOString(), ServerTime: new Date(now).toISOString() };
  if (signedAt.getTime() > now + TOLERANCE) throw accessDenied('Request is not valid yet', times);
  if (end < now) throw accessDenied('Request has expired', { 'X-Amz-Expires': expires, ...times });
}

function checkHeaders({ headers }: S3Request, signed: ReadonlySet<string>): void {
  const unsigned = Object.keys(headers).filter(
    (name) => HEADER_THAT_MUST_BE_SIGNED.test(name) && !signed.has(name),
  );
  if (unsigned.length > 0)
    throw accessDenied('There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
}

/** Signs the request as it came, with the headers it claims to have signed; one that is missing makes it another request. */
async function signatureOf(
  request: S3Request,
  { signedAt, expires, signedHeaders }: Claims,
  { accessKeyId, secretAccessKey, sessionToken }: SigningCredentials,
): Promise<string> {
  const presigner = new S3RequestPresigner({
    region: REGION,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    sha256: NodeSha256,
  });
  const signed = await presigner.presign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: request.headers.host ?? '',
      path: request.path,
      query: otherParameters(request.query),
      headers: Object.fromEntries(
        [...signedHeaders].flatMap((name) => {
          const value = request.headers[name];
          return value === undefined ? [] : [[name, String(value)]];
        }),
      ),
    },
    {
      signingDate: signedAt,
      expiresIn: expires,
      signableHeaders: new Set(signedHeaders),
      // The signer says by a header that the payload is not signed, which is no part of the request.
      unsignableHeaders: new Set(['x-amz-content-sha256']),
      unhoistableHeaders: new Set([...signedHeaders, 'x-amz-content-sha256']),
    },
  );
  return String(signed.query?.['X-Amz-Signature']);
}

function otherParameters(query: URLSearchParams): Record<string, string | string[]> {
  const names = new Set([...query.keys()].filter((name) => !isAuthorization(name)));
  return Object.fromEntries([...names].map((name) => [name, query.getAll(name)]));
}

const isAuthorization = (name: string): boolean =>
  name === SECURITY_TOKEN || AUTHORIZATION.some((parameter) => parameter === name);

function isSame(computed: string, given: string): boolean {
  const [a, b] = [Buffer.from(computed), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const malformed = (message: string) => new AwsServiceError('AuthorizationQueryParametersError', message);
