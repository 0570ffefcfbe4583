import { createHash } from 'node:crypto';

import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

import { retryWithFullJitter, type Backoff } from './retry.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/**
 * Sends one transaction. Its token is a hash of its body: the same body again, after a reply was lost, is one and the
 * same transaction to DynamoDB, and another body never is.
 */
export async function transact(
  dynamo: DynamoDBDocumentClient,
  items: readonly TransactItem[],
): Promise<void> {
  await dynamo.send(
    new TransactWriteCommand({
      TransactItems: [...items],
      ClientRequestToken: hashOf(items).slice(0, 36), // as long as DynamoDB takes
    }),
  );
}

/**
 * Reads, decides and writes until it is through. `attempt` reads everything anew each time: after a condition that
 * failed somebody else was first, and the fresh read either finds the work done, or refuses, or builds another body.
 */
export const settle = <Result>(attempt: () => Promise<Result>, backoff?: Backoff): Promise<Result> =>
  retryWithFullJitter(attempt, (error) => isCollision(error) || isTransient(error), backoff);

/** A condition failed or another transaction was under way; the SDK retries neither by itself. */
export const isCollision = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException || isCancelledByOthers(error);

const isCancelledByOthers = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  reasonsOf(error).length > 0 &&
  reasonsOf(error).every((code) => COLLISIONS.has(code));

const COLLISIONS = new Set([
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);

const reasonsOf = ({ CancellationReasons = [] }: TransactionCanceledException): readonly string[] =>
  CancellationReasons.flatMap(({ Code }) => (Code === undefined || Code === 'None' ? [] : [Code]));

const PASSING = new Set([
  'TransactionInProgressException',
  'TransactionConflictException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TimeoutError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
]);

/** DynamoDB was busy, or its reply was lost: whether the transaction went through is not known. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, $metadata } = error as Error & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return PASSING.has(name) || (typeof code === 'string' && PASSING.has(code)) || status >= 500;
}
