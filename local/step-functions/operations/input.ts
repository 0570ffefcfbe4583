import { AwsServiceError } from '../../gateway/aws-service.ts';
import { isExecutionArn, isStateMachineArn } from '../arns.ts';

export type Input = Readonly<Record<string, unknown>>;

/** An operation that only reads. */
export function answering(read: (input: Input) => unknown): (input: Input) => Promise<unknown> {
  return (input) =>
    new Promise((resolve) => {
      resolve(read(input));
    });
}

/** Members of an operation's input, as its model types them. All throw AwsServiceError `ValidationException`. */
export function text(input: Input, member: string): string {
  const value = input[member];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

export function optionalText(input: Input, member: string, longest = Infinity): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length <= longest) return value;
  throw new AwsServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
  );
}

export function flag(input: Input, member: string, absent: boolean): boolean {
  const value = input[member];
  return typeof value === 'boolean' ? value : absent;
}

/** Throws AwsServiceError `InvalidArn`. */
export function stateMachineArnOf(input: Input): string {
  const arn = text(input, 'stateMachineArn');
  if (!isStateMachineArn(arn)) throw invalidArn(arn);
  return arn;
}

/** Throws AwsServiceError `InvalidArn`. */
export function executionArnOf(input: Input): string {
  const arn = text(input, 'executionArn');
  if (!isExecutionArn(arn)) throw invalidArn(arn);
  return arn;
}

function invalidArn(arn: string): AwsServiceError {
  return new AwsServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
}

const LONGEST_NAME = 80;
/** White space, brackets, wildcards, special and control characters. */
const FORBIDDEN_IN_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Throws AwsServiceError `InvalidName`. */
export function checkName(name: string): string {
  if (name.length === 0 || name.length > LONGEST_NAME || FORBIDDEN_IN_NAME.test(name))
    throw new AwsServiceError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;

/** `maxResults` (0 means the default) and `nextToken`. Throws AwsServiceError `InvalidToken`. */
export function pageOf(input: Input): Page {
  const { maxResults, nextToken } = input;
  const limit = typeof maxResults === 'number' && maxResults > 0 ? maxResults : DEFAULT_PAGE;
  if (limit > LARGEST_PAGE)
    throw new AwsServiceError(
      'ValidationException',
      `1 validation error detected: Value '${limit}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${LARGEST_PAGE}`,
    );
  if (nextToken === undefined || nextToken === null) return { limit, offset: 0 };
  const offset =
    typeof nextToken === 'string' ? Number(Buffer.from(nextToken, 'base64url').toString()) : Number.NaN;
  if (!Number.isSafeInteger(offset) || offset < 1)
    throw new AwsServiceError('InvalidToken', `Invalid Token: 'Invalid nextToken'`);
  return { limit, offset };
}

/** The items of one page out of `found`, which holds one more where there is a next page. */
export function pageOut<T>(found: readonly T[], { limit, offset }: Page): { items: T[]; nextToken?: string } {
  const items = found.slice(0, limit);
  return found.length > limit
    ? { items, nextToken: Buffer.from(String(offset + limit)).toString('base64url') }
    : { items };
}
