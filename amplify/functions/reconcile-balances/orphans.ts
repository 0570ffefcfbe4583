import { ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ofNoAccount } from '../../../domain/book-rules.ts';
import { readRows } from '../shared/read-rows.ts';
import type { Tables } from '../shared/tables.ts';
import { PAUSE, type Disagreement } from './check-accounts.ts';

/** Rows that belong to an account, and the attribute that says to which. */
const SOURCES = [
  { table: 'user', owner: 'id', what: 'Member' },
  { table: 'escrow', owner: 'fromUserId', what: 'Escrow' },
  { table: 'transactionLog', owner: 'userId', what: 'Entry' },
] as const;

type Source = (typeof SOURCES)[number];

/** One step reads so many pages of 1 MB. */
const PAGES = 10;

/** Where the search goes on. */
export const orphanCursorSchema = z.object({
  table: z.enum(['user', 'escrow', 'transactionLog']),
  after: z.nullable(z.string()),
});

export type OrphanCursor = z.output<typeof orphanCursorSchema>;

const FIRST: OrphanCursor = { table: 'user', after: null };

export interface OrphanEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, Source['table'] | 'userBalance'>;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface Orphans {
  /** By whoever has no account. */
  readonly disagreements: readonly Disagreement[];
  /** Null after the last page of the last table. */
  readonly cursor: OrphanCursor | null;
}

interface Owned {
  readonly owner: string;
  readonly breach: string;
}

/** Members, escrows and entries of accounts that do not exist: no account that is checked leads to them. */
export async function findOrphans(edges: OrphanEdges, cursor: OrphanCursor | null): Promise<Orphans> {
  const owned: Owned[] = [];
  let next: OrphanCursor | null = cursor ?? FIRST;
  for (let page = 0; page < PAGES && next; page++) {
    const read = await readPage(edges, next);
    owned.push(...read.owned);
    next = read.next;
  }
  return { disagreements: await unaccounted(edges, owned), cursor: next };
}

async function readPage({ dynamo, tables }: OrphanEdges, { table, after }: OrphanCursor) {
  const at = SOURCES.findIndex((source) => source.table === table);
  const { owner, what } = SOURCES[at] ?? SOURCES[0];
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new ScanCommand({
      TableName: tables[table],
      ProjectionExpression: [...new Set(['id', owner])].join(', '),
      ConsistentRead: true,
      ...(after !== null && { ExclusiveStartKey: { id: after } }),
    }),
  );
  const last: unknown = LastEvaluatedKey?.['id'];
  const following = SOURCES[at + 1];
  return {
    owned: Items.map((row): Owned => ({
      owner: String(row[owner]),
      breach: ofNoAccount(what, String(row['id'])),
    })),
    next:
      typeof last === 'string'
        ? { table, after: last }
        : following
          ? { table: following.table, after: null }
          : null,
  };
}

/** Looks twice, with a pause between: a row may be seen a moment before the account that came with it. */
async function unaccounted(
  { dynamo, tables, sleep }: OrphanEdges,
  owned: readonly Owned[],
): Promise<readonly Disagreement[]> {
  const without = async (rows: readonly Owned[]) => {
    const owners = rows.map(({ owner }) => owner);
    const accounts = await readRows(dynamo, tables.userBalance, 'userId', owners);
    const known = new Set(accounts.map(({ userId }) => userId));
    return rows.filter(({ owner }) => !known.has(owner));
  };
  const suspects = await without(owned);
  if (suspects.length === 0) return [];
  await sleep(PAUSE);
  const orphans = Map.groupBy(await without(suspects), ({ owner }) => owner);
  return [...orphans].map(([userId, rows]) => ({ userId, breaches: rows.map(({ breach }) => breach) }));
}
