import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Account } from '../../../domain/ledger.ts';
import type { SubmissionFacts } from '../../../domain/submission.ts';
import { readRow } from './dynamo.ts';
import type { Tables } from './tables.ts';

/** Offers and profiles are written by members through the generated API: what does not parse is not there. */
const offerRow = z.object({
  id: z.string(),
  providerId: z.string(),
  title: z.string(),
  rate: z.number(),
  active: z.boolean(),
});
const memberRow = z.object({ responseTimeHours: z.nullish(z.number()) });

export type FactTables = Pick<Tables, 'service' | 'user' | 'userBalance'>;

/** Reads what a submission is judged by. */
export async function submissionFacts(
  dynamo: DynamoDBDocumentClient,
  tables: FactTables,
  { serviceId, requesterId }: { readonly serviceId: string; readonly requesterId: string },
): Promise<SubmissionFacts> {
  const [service, account] = await Promise.all([
    readRow(dynamo, tables.service, { id: serviceId }),
    readRow(dynamo, tables.userBalance, { userId: requesterId }),
  ]);
  const offer = offerRow.safeParse(service).data;
  const provider = offer && (await readRow(dynamo, tables.user, { id: offer.providerId }));
  return {
    requesterId,
    offer,
    provider: memberRow.safeParse(provider).data,
    account: account as Account | undefined, // written by the ledger alone
  };
}
