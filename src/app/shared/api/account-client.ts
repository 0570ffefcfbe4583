import { Service, inject } from '@angular/core';
import type { Schema } from '../../../../amplify/data/resource';
import { ServerClock } from '../time/server-clock';
import { ApiError } from './api-error';
import { GraphClient } from './graph-client';
import type { HourBankGraph } from './graph-client';
import { MemberNames } from './member-names';
import type { Page } from './page';

/** What an admin did to an account, or asked for. */
export interface AdminAction {
  readonly id: string;
  readonly kind: Schema['AdminActionKind']['type'];
  /** Who did it; nothing where it was the check of the books. */
  readonly adminName: string | undefined;
  /** Of an adjustment, signed. */
  readonly hours: number | undefined;
  readonly allowBelowZero: boolean;
  readonly reason: string;
  readonly status: Schema['AdminActionStatus']['type'];
  /** The code of why it was refused. */
  readonly refusal: string | undefined;
  readonly at: string;
}

export interface Adjustment {
  /** A UUID made by the caller: repeating an adjustment with it is harmless. */
  readonly adjustmentId: string;
  readonly userId: string;
  /** Signed. */
  readonly hours: number;
  readonly reason: string;
  readonly allowBelowZero: boolean;
}

export interface LockChange {
  readonly userId: string;
  readonly locked: boolean;
  readonly reason: string;
}

const PAGE_SIZE = 20;
/** Who acts where no admin does. */
const RECONCILIATION = 'RECONCILIATION';

interface CommandAnswer {
  readonly data: { readonly now: string } | null | undefined;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}

/** What admins do to accounts. */
@Service()
export class AccountClient {
  readonly #graph = inject(GraphClient);
  readonly #clock = inject(ServerClock);
  readonly #names = inject(MemberNames);

  /** What was done to an account, newest first. @throws ApiError */
  async actions(userId: string, next?: string): Promise<Page<AdminAction>> {
    const page = await this.#graph.page((client) =>
      client.models.AdminAction.adminActionsByUser(
        { userId },
        {
          limit: PAGE_SIZE,
          nextToken: next ?? null,
          sortDirection: 'DESC',
          selectionSet: [
            'id',
            'kind',
            'adminId',
            'hours',
            'allowBelowZero',
            'reason',
            'status',
            'refusal',
            'createdAt',
          ],
        },
      ),
    );
    return {
      ...page,
      items: await Promise.all(
        page.items.map(async (row) => ({
          id: row.id,
          kind: row.kind,
          adminName: row.adminId === RECONCILIATION ? undefined : await this.#names.of(row.adminId),
          hours: row.hours ?? undefined,
          allowBelowZero: row.allowBelowZero ?? false,
          reason: row.reason,
          status: row.status,
          refusal: row.refusal ?? undefined,
          at: row.createdAt,
        })),
      ),
    };
  }

  /** Asks for an adjustment; `actions` tells what becomes of it. @throws ApiError with the refusal's code */
  async adjust(adjustment: Adjustment): Promise<void> {
    await this.#command((client) => client.mutations.adjustBalance(adjustment));
  }

  /** Locks an account or opens it again. @throws ApiError with the refusal's code */
  async setLock(change: LockChange): Promise<void> {
    await this.#command((client) => client.mutations.setAccountLock(change));
  }

  async #command(operation: (client: HourBankGraph) => Promise<CommandAnswer>): Promise<void> {
    const answer = await this.#graph.run(operation);
    if (!answer) throw new ApiError('UNEXPECTED', 'The command had no answer');
    this.#clock.learn(answer.now);
  }
}
