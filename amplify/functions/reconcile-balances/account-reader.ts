import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AccountBooks } from '../../../domain/account-books.ts';
import { postingsOf, type RequestOnBooks } from '../../../domain/book-rules.ts';
import { netsToZero, type Account, type Escrow, type LogEntry } from '../../../domain/ledger.ts';
import { readRow } from '../shared/dynamo.ts';
import { queryIndex, readRows } from '../shared/read-rows.ts';
import { sideBySide } from '../shared/side-by-side.ts';
import type { Tables } from '../shared/tables.ts';

export type ReaderTables = Pick<
  Tables,
  'userBalance' | 'user' | 'transactionLog' | 'escrow' | 'serviceRequest'
>;

/** One look at an account and everything that it must agree with. */
export interface Look {
  /** No posting touched the account while it was looked at: what was read stands together. */
  readonly settled: boolean;
  /** The log has as many entries as the account counts; its index may lag behind. */
  readonly complete: boolean;
  readonly books: AccountBooks;
}

export type LookAt = (userId: string) => Promise<Look | undefined>;

/** So many postings of an account are looked up side by side. */
const LANES = 16;

/**
 * Reads balance, log, balance again. Indexes only say which rows there are: escrows and requests are then read as they
 * stand, and those that the log knows are asked for by their ids. What a posting changes, it changes together with the
 * version of this account, so two balances of one version have no half-done posting of its own between them. Undefined
 * where there is no such account.
 */
export function accountReader(dynamo: DynamoDBDocumentClient, tables: ReaderTables): LookAt {
  const accountOf = async (userId: string) =>
    (await readRow(dynamo, tables.userBalance, { userId })) as Account | undefined;

  return async (userId) => {
    const account = await accountOf(userId);
    if (!account) return undefined;
    const [entries, paying, asking, member] = await Promise.all([
      entriesBy('byUserId', 'userId', userId),
      idsBy(tables.escrow, 'byFromUserId', 'fromUserId', userId),
      idsBy(tables.serviceRequest, 'byRequesterId', 'requesterId', userId),
      readRow(dynamo, tables.user, { id: userId }),
    ]);
    const [counterparts, commitments] = await Promise.all([
      counterpartsOf(userId, entries),
      commitmentsOf([...paying, ...escrowsIn(entries)], asking),
    ]);
    const isMember = member !== undefined;
    return {
      settled: (await accountOf(userId))?.version === account.version,
      complete: entries.length === account.version,
      books: { account, isMember, entries, counterparts, ...commitments },
    };
  };

  async function entriesBy(index: string, key: string, value: string): Promise<readonly LogEntry[]> {
    const rows = await queryIndex(dynamo, tables.transactionLog, index, key, value);
    return rows as unknown as readonly LogEntry[]; // judged by the rules, whatever is in them
  }

  async function idsBy(table: string, index: string, key: string, value: string): Promise<readonly string[]> {
    return (await queryIndex(dynamo, table, index, key, value)).map((row) => String(row['id']));
  }

  /** Only a posting that does not net to zero by itself touches another account. */
  async function counterpartsOf(userId: string, entries: readonly LogEntry[]): Promise<readonly LogEntry[]> {
    const shared = [...postingsOf(entries)].filter(([, posting]) => !netsToZero(posting));
    const postings = await sideBySide(shared, LANES, ([transactionId]) =>
      entriesBy('byTransactionId', 'transactionId', transactionId),
    );
    return postings.flat().filter((entry) => entry.userId !== userId);
  }

  async function commitmentsOf(
    escrowIds: readonly string[],
    requestIds: readonly string[],
  ): Promise<Pick<AccountBooks, 'escrows' | 'requests'>> {
    const known = await escrowsOf(escrowIds);
    const askedFor = [...requestIds, ...known.map(({ requestId }) => requestId)];
    const rows = await readRows(dynamo, tables.serviceRequest, 'id', askedFor);
    const requests = rows as unknown as readonly RequestOnBooks[]; // judged by the rules
    const named = requests.flatMap(({ escrowId }) => escrowId ?? []);
    const others = named.filter((id) => !known.some((escrow) => escrow.id === id));
    return { requests, escrows: [...known, ...(await escrowsOf(others))] };
  }

  async function escrowsOf(ids: readonly string[]): Promise<readonly Escrow[]> {
    return (await readRows(dynamo, tables.escrow, 'id', ids)) as unknown as readonly Escrow[]; // judged by the rules
  }
}

/** The escrows that an account's holds are about. */
const escrowsIn = (entries: readonly LogEntry[]): readonly string[] =>
  entries.filter(({ transactionType }) => transactionType === 'ESCROW').map((entry) => entry.relatedEntityId);
