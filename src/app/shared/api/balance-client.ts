import { Service, inject } from '@angular/core';
import type { Schema } from '../../../../amplify/data/resource';
import { GraphClient } from './graph-client';
import type { Page } from './page';

/** Hours of a member: total = available + escrowed. */
export interface Balance {
  readonly total: number;
  readonly available: number;
  readonly held: number;
  /** Since when no new hours can be held or adjusted, ISO 8601; nothing while it is open. */
  readonly lockedAt: string | undefined;
}

export type TransactionType = Schema['TransactionType']['type'];

/** One entry of the log: what it did to the available and to the held hours. */
export interface LogEntry {
  readonly id: string;
  readonly type: TransactionType;
  /** Added to the available balance, hours. */
  readonly amount: number;
  /** Added to the held balance, hours. */
  readonly heldDelta: number;
  /** Available after it, hours. */
  readonly balanceAfter: number;
  /** Of an admin's adjustment the reason; else for developers. */
  readonly description: string | undefined;
  /** The request it was for, if any. */
  readonly requestId: string | undefined;
  readonly at: string;
}

const PAGE_SIZE = 25;

@Service()
export class BalanceClient {
  readonly #graph = inject(GraphClient);

  /** @throws ApiError NOT_FOUND before the welcome bonus was posted */
  async get(userId: string): Promise<Balance> {
    const row = await this.#graph.runFor((client) =>
      client.models.UserBalance.get(
        { userId },
        { selectionSet: ['totalBalance', 'availableBalance', 'escrowedBalance', 'lockedAt'] },
      ),
    );
    return {
      total: row.totalBalance,
      available: row.availableBalance,
      held: row.escrowedBalance,
      lockedAt: row.lockedAt ?? undefined,
    };
  }

  /** A member's log, newest first. @throws ApiError */
  async log(userId: string, next?: string): Promise<Page<LogEntry>> {
    const page = await this.#graph.page((client) =>
      client.models.TransactionLog.logByUser(
        { userId },
        {
          limit: PAGE_SIZE,
          nextToken: next ?? null,
          sortDirection: 'DESC',
          selectionSet: [
            'id',
            'transactionType',
            'amount',
            'heldDelta',
            'balanceAfter',
            'description',
            'relatedEntityId',
            'createdAt',
          ],
        },
      ),
    );
    return {
      ...page,
      items: page.items.map((row) => ({
        id: row.id,
        type: row.transactionType,
        amount: row.amount,
        heldDelta: row.heldDelta,
        balanceAfter: row.balanceAfter,
        description: row.description ?? undefined,
        requestId: requestIdOf(row.relatedEntityId),
        at: row.createdAt,
      })),
    };
  }
}

const ESCROW_PREFIX = 'escrow-';

/** Entries of a request name its escrow, `escrow-<requestId>`; others are for no request. */
function requestIdOf(relatedEntityId: string | null): string | undefined {
  return relatedEntityId?.startsWith(ESCROW_PREFIX) ? relatedEntityId.slice(ESCROW_PREFIX.length) : undefined;
}
