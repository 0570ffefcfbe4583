import { Service, inject } from '@angular/core';
import type { Schema } from '../../../../amplify/data/resource';
import { MAX_ROUNDS } from '../../../../domain/life-cycle';
import { ApiError } from './api-error';
import { GraphClient } from './graph-client';

/** What a posting does to the hours held for a request. */
export type PostingKind = 'HOLD' | 'RESIZE' | 'RELEASE' | 'REFUND' | 'PARTIAL';

/** One movement of hours, as it stands in the log of each account that it touched. */
export interface RequestPosting {
  readonly transactionId: string;
  readonly kind: PostingKind;
  readonly at: string;
  readonly entries: readonly PostedEntry[];
}

export interface PostedEntry {
  readonly id: string;
  readonly userId: string;
  /** Added to the available balance, hours. */
  readonly amount: number;
  /** Added to the held balance, hours. */
  readonly heldDelta: number;
}

/** The hours held for a request. */
export interface Hold {
  readonly status: Schema['EscrowStatus']['type'];
  readonly amount: number;
  readonly released: number;
  readonly refunded: number;
  /** The dispute that alone may move them. */
  readonly frozenBy: string | undefined;
}

export interface RequestLedger {
  readonly hold: Hold | undefined;
  /** In order of time. */
  readonly postings: readonly RequestPosting[];
}

/** Reads what moved the hours of a request, for admins: members read their own side in the wallet. */
@Service()
export class RequestLedgerClient {
  readonly #graph = inject(GraphClient);

  /** @throws ApiError */
  async ofEscrow(escrowId: string): Promise<RequestLedger> {
    const [hold, ...postings] = await Promise.all([
      this.#hold(escrowId),
      ...postingIds(escrowId).map(({ transactionId, kind }) => this.#posting(transactionId, kind)),
    ]);
    return {
      hold,
      postings: postings
        .filter((posting) => posting !== undefined)
        .sort((one, other) => one.at.localeCompare(other.at)),
    };
  }

  async #hold(id: string): Promise<Hold | undefined> {
    try {
      const row = await this.#graph.runFor((client) =>
        client.models.Escrow.get(
          { id },
          { selectionSet: ['status', 'amount', 'releasedAmount', 'refundedAmount', 'frozenBy'] },
        ),
      );
      return {
        status: row.status,
        amount: row.amount,
        released: row.releasedAmount,
        refunded: row.refundedAmount,
        frozenBy: row.frozenBy ?? undefined,
      };
    } catch (error) {
      if (error instanceof ApiError && error.code === 'NOT_FOUND') return undefined; // nothing was held yet
      throw error;
    }
  }

  async #posting(transactionId: string, kind: PostingKind): Promise<RequestPosting | undefined> {
    const { items } = await this.#graph.page((client) =>
      client.models.TransactionLog.logByTransaction(
        { transactionId },
        { selectionSet: ['id', 'userId', 'amount', 'heldDelta', 'createdAt'] },
      ),
    );
    const at = items.at(0)?.createdAt;
    return at === undefined ? undefined : { transactionId, kind, at, entries: items };
  }
}

/** A posting is named after what it moves, so that it is found without an index of its own. */
const postingIds = (
  escrowId: string,
): readonly { readonly transactionId: string; readonly kind: PostingKind }[] => [
  { transactionId: `hold-${escrowId}`, kind: 'HOLD' },
  ...Array.from({ length: MAX_ROUNDS }, (_, round) => ({
    transactionId: `resize-${escrowId}-${round + 1}`,
    kind: 'RESIZE' as const,
  })),
  { transactionId: `release-${escrowId}`, kind: 'RELEASE' },
  { transactionId: `refund-${escrowId}`, kind: 'REFUND' },
  { transactionId: `partial-${escrowId}`, kind: 'PARTIAL' },
];
