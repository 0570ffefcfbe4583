import { Service, inject } from '@angular/core';
import type { Schema } from '../../../../amplify/data/resource';
import { isTreasury } from '../../../../domain/ledger';
import { ServerClock } from '../time/server-clock';
import { findingsIn } from './findings';
import type { Finding } from './findings';
import { GraphClient } from './graph-client';
import { MemberNames } from './member-names';
import { firstFilledPage } from './page';
import type { Page } from './page';

export type CheckStatus = Schema['ReconciliationStatus']['type'];

/** One check of all accounts, as every member may know of it. */
export interface BooksCheck {
  readonly id: string;
  readonly status: CheckStatus;
  readonly startedAt: string;
  readonly finishedAt: string | undefined;
  readonly accountsChecked: number;
  /** Accounts that did not agree. */
  readonly mismatches: number;
}

export interface NamedFinding extends Finding {
  /** Of the member whose account it is; nothing for an account of the bank, or none. */
  readonly memberName: string | undefined;
}

/** The same as admins read it. */
export interface BooksReport extends BooksCheck {
  /** Name of the admin who asked for it; nothing for the daily check. */
  readonly requestedBy: string | undefined;
  readonly findings: readonly NamedFinding[];
}

const KIND = 'BALANCES';
const SCHEDULE = 'SCHEDULE';
/** Among so many, one has an end: there are not more under way at once. */
const FEW = 5;
const PAGE_SIZE = 20;

const FIELDS = ['id', 'status', 'startedAt', 'finishedAt', 'accountsChecked', 'mismatches'] as const;
/** What members ask for in vain: AppSync would refuse them the whole row. */
const ADMIN_FIELDS = [...FIELDS, 'requestedBy', 'findings'] as const;

interface CheckRow {
  readonly id: string;
  readonly status: CheckStatus;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly accountsChecked: number;
  readonly mismatches: number;
}

type ReportRow = CheckRow & { readonly requestedBy: string | null; readonly findings: unknown };

/** Whether the books balance. */
@Service()
export class BooksClient {
  readonly #graph = inject(GraphClient);
  readonly #clock = inject(ServerClock);
  readonly #names = inject(MemberNames);

  /** The last check that has come to an end; nothing before the first. @throws ApiError */
  async lastCheck(): Promise<BooksCheck | undefined> {
    const { items } = await firstFilledPage(async (next) => {
      const page = await this.#graph.page<CheckRow>((client) =>
        client.models.ReconciliationReport.reconciliationReportsByKind(
          { kind: KIND },
          { limit: FEW, nextToken: next ?? null, sortDirection: 'DESC', selectionSet: FIELDS },
        ),
      );
      return { ...page, items: page.items.filter(({ finishedAt }) => finishedAt !== null) };
    });
    return items[0] && toCheck(items[0]);
  }

  /** For admins: every check, newest first. @throws ApiError */
  async reports(next?: string): Promise<Page<BooksReport>> {
    const page = await this.#graph.page<ReportRow>((client) =>
      client.models.ReconciliationReport.reconciliationReportsByKind(
        { kind: KIND },
        { limit: PAGE_SIZE, nextToken: next ?? null, sortDirection: 'DESC', selectionSet: ADMIN_FIELDS },
      ),
    );
    return { ...page, items: await Promise.all(page.items.map((row) => this.#toReport(row))) };
  }

  /** For admins: checks the books now. @returns the id of the report that will tell. @throws ApiError */
  async check(): Promise<string> {
    const { reportId, now } = await this.#graph.runFor((client) => client.mutations.startReconciliation());
    this.#clock.learn(now);
    return reportId;
  }

  async #toReport(row: ReportRow): Promise<BooksReport> {
    const { requestedBy } = row;
    const byAdmin = requestedBy !== null && requestedBy !== SCHEDULE;
    return {
      ...toCheck(row),
      requestedBy: byAdmin ? await this.#names.of(requestedBy) : undefined,
      findings: await Promise.all(findingsIn(row.findings).map((finding) => this.#named(finding))),
    };
  }

  async #named(finding: Finding): Promise<NamedFinding> {
    const { accountId } = finding;
    const ofMember = accountId !== undefined && !isTreasury(accountId);
    return { ...finding, memberName: ofMember ? await this.#names.of(accountId) : undefined };
  }
}

const toCheck = ({
  id,
  status,
  startedAt,
  finishedAt,
  accountsChecked,
  mismatches,
}: CheckRow): BooksCheck => ({
  id,
  status,
  startedAt,
  finishedAt: finishedAt ?? undefined,
  accountsChecked,
  mismatches,
});
