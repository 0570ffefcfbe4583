import { AwsServiceError } from '../gateway/aws-service.ts';
import type { Bucket, CorsRule } from './bucket.ts';
import type { S3Request } from './s3-request.ts';

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/**
 * Headers by which a bucket lets a page of another origin read an answer; none where no rule fits.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function corsHeaders(bucket: Bucket | undefined, request: S3Request): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined) return {};
  const rule = bucket?.corsRules.find((candidate) => allows(candidate, origin, request.method, []));
  return rule ? headersBy(rule, origin) : {};
}

/** What a preflight is answered. Throws AwsServiceError `AccessForbidden` where no rule fits. */
export function preflight(bucket: Bucket | undefined, { headers }: S3Request): Record<string, string> {
  const { origin } = headers;
  const method = headers['access-control-request-method'];
  if (origin === undefined) throw insufficient('Origin request header needed.');
  if (method === undefined) throw insufficient('Access-Control-Request-Method header needed.');
  if (!bucket || bucket.corsRules.length === 0) throw forbidden('CORS is not enabled for this bucket.');
  const requested = names(headers['access-control-request-headers'] ?? '');
  const rule = bucket.corsRules.find((candidate) => allows(candidate, origin, method, requested));
  if (!rule)
    throw forbidden(
      "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    );
  return {
    ...headersBy(rule, origin),
    ...(requested.length > 0 && { 'access-control-allow-headers': requested.join(', ') }),
    ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
  };
}

function headersBy(rule: CorsRule, origin: string): Record<string, string> {
  const isAnybody = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isAnybody ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(!isAnybody && { 'access-control-allow-credentials': 'true' }),
    ...(rule.ExposedHeaders && { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') }),
    vary: VARY,
  };
}

function allows(rule: CorsRule, origin: string, method: string, requested: readonly string[]): boolean {
  const allowed = rule.AllowedHeaders?.map((name) => name.toLowerCase()) ?? [];
  return (
    rule.AllowedMethods.includes(method) &&
    rule.AllowedOrigins.some((pattern) => fits(pattern, origin)) &&
    requested.every((name) => allowed.some((pattern) => fits(pattern, name)))
  );
}

/** A pattern has at most one `*`. */
function fits(pattern: string, value: string): boolean {
  const [start = '', end] = pattern.split('*', 2);
  if (end === undefined) return pattern === value;
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}

const names = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');

const forbidden = (message: string) =>
  new AwsServiceError('AccessForbidden', `CORSResponse: ${message}`, 403);
const insufficient = (message: string) =>
  new AwsServiceError('BadRequest', `Insufficient information. ${message}`);
