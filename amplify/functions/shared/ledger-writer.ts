import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { Instant } from '../../../domain/instant.ts';
import type { Escrow, LogEntry, Posting } from '../../../domain/ledger.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import type { Profile } from '../../../domain/profile.ts';
import type { RequestChange } from './request-writer.ts';
import type { RequestTables, Tables } from './tables.ts';

export type LedgerTables = RequestTables & Pick<Tables, 'escrow' | 'userBalance' | 'transactionLog'>;

export interface PostingContext {
  readonly now: Instant;
  readonly executionArn?: string;
}

export interface Posted {
  /** The posting had been made before; this is what it did then. */
  readonly replayed: boolean;
  readonly entries: readonly LogEntry[];
  /** The escrow and the request as they now stand. */
  readonly escrow?: Escrow;
  readonly request?: RequestRecord;
}

/** The one way to move hours. */
export interface LedgerWriter {
  /**
   * Makes a posting, together with the change of status that goes with it, or returns what the same posting did before.
   * Throws `Refusal` INSUFFICIENT_HOURS or ACCOUNT_LOCKED; `EscrowMoved` where the hours have gone another way;
   * `StaleRequest` where the request has; `PostingConflict` where the id belongs to another posting.
   */
  post(posting: Posting, context: PostingContext, change?: RequestChange): Promise<Posted>;
  /** Creates the member and gives the welcome bonus, in one transaction; harmless to repeat. `tables.user` is written. */
  welcome(member: { id: string; displayName: string }, context: PostingContext): Promise<Posted>;
  /** Says that a release or refund has begun: from then on the other is impossible. Harmless to repeat. Throws `EscrowMoved`. */
  begin(escrowId: string, status: 'RELEASING' | 'CANCELLING', now: Instant): Promise<Escrow>;
  /** The entries of a posting, for the audit; empty if it was not made. */
  entriesOf(posting: Pick<Posting, 'transactionId' | 'lines'>): Promise<readonly LogEntry[]>;
  escrow(escrowId: string): Promise<Escrow | undefined>;
}

export declare function createLedgerWriter(edges: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: LedgerTables & Partial<Pick<Tables, 'user'>>;
}): LedgerWriter;
