import type { Bank } from '../../../dev/bank/bank.ts';
import { totalsBreaches } from '../../../dev/totals.ts';
import type { DisputeRecord } from '../../../domain/dispute.ts';
import type { Account as AccountRow, Escrow } from '../../../domain/ledger.ts';
import type { RequestRecord, RequestStepRecord } from '../../../domain/request.ts';
import type { ReviewRecord } from '../../../domain/review.ts';
import { compareAccount, compareDispute, compareEscrow, compareRequest } from '../compare.ts';
import type { Coverage } from '../coverage.ts';
import type { Model } from '../model.ts';
import type { Deal } from '../rules/deal.ts';
import { isPublished } from '../rules/word-commands.ts';
import { Mismatch } from './mismatch.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** Compares the rows of the bank with the model. Throws `Mismatch` where they differ. */
export class Comparison {
  private readonly bank: Bank;
  private readonly model: Model;
  private readonly story: Story;
  private readonly coverage: Coverage;

  constructor({ bank, model, story }: Stage, coverage: Coverage) {
    this.bank = bank;
    this.model = model;
    this.story = story;
    this.coverage = coverage;
  }

  /** What any step may have moved. */
  async compareTouched(): Promise<void> {
    const rows = await this.allRows();
    this.report([
      ...this.deals.flatMap((deal) => compareRequest(rows.requests.get(deal.id), deal)),
      ...this.compareAccounts(rows.accounts),
    ]);
  }

  async compareEverything(): Promise<void> {
    const { database } = this.bank;
    const [rows, escrows, disputes, steps, reviews, messages, breaches, totals] = await Promise.all([
      this.allRows(),
      database.rows<Escrow>('escrow'),
      database.rows<DisputeRecord>('dispute'),
      database.rows<RequestStepRecord>('requestStep'),
      database.rows<ReviewRecord>('review'),
      database.rows<object>('message'),
      database.breaches(),
      totalsBreaches(database),
    ]);
    const { deals } = this;
    this.report([
      ...breaches,
      ...totals,
      ...(messages.length === this.model.messages.size
        ? []
        : [`There are ${messages.length} messages, not ${this.model.messages.size}`]),
      ...deals.flatMap((deal) => this.compareReviews(reviews, deal)),
      ...deals.flatMap((deal) => [
        ...compareRequest(rows.requests.get(deal.id), deal),
        ...compareEscrow(
          escrows.find(({ requestId }) => requestId === deal.id),
          deal,
        ),
        ...(deal.dispute
          ? compareDispute(
              disputes.find(({ id }) => id === deal.dispute?.id),
              deal.dispute,
            )
          : []),
      ]),
      ...this.compareAccounts(rows.accounts),
      ...(rows.requests.size === deals.length
        ? []
        : [`There are ${rows.requests.size} requests, not ${deals.length}`]),
    ]);
    for (const deal of deals) this.compareTimeline(steps, deal);
  }

  /** At the end: what the clocks have not ended either. */
  async compareUnfinished(): Promise<void> {
    this.report(
      this.model.unfinished.map(({ id, status }) => `${this.story.named(id)} is ${status} for ever`),
    );
    this.report((await this.bank.running()).map((arn) => `${arn} still runs`));
  }

  private get deals(): readonly Deal[] {
    return [...this.model.deals.values()];
  }

  private async allRows() {
    const { database } = this.bank;
    const [requests, accounts] = await Promise.all([
      database.rows<RequestRecord>('serviceRequest'),
      database.rows<AccountRow>('userBalance'),
    ]);
    return {
      requests: new Map(requests.map((row) => [row.id, row])),
      accounts: new Map(accounts.map((row) => [row.userId, row])),
    };
  }

  private compareAccounts(rows: ReadonlyMap<string, AccountRow>): readonly string[] {
    return [...this.model.accounts].flatMap(([member, account]) =>
      compareAccount(rows.get(member), member, account),
    );
  }

  private compareReviews(reviews: readonly ReviewRecord[], deal: Deal): readonly string[] {
    const read = reviews.filter(({ requestId }) => requestId === deal.id).length;
    const wanted = isPublished(deal, this.model.now) ? Object.keys(deal.reviews).length : 0;
    return read === wanted
      ? []
      : [`${this.story.named(deal.id)} has ${read} published reviews, not ${wanted}`];
  }

  private compareTimeline(steps: readonly RequestStepRecord[], deal: Deal): void {
    const timeline = steps
      .filter(({ requestId }) => requestId === deal.id)
      .sort((a, b) => a.revision - b.revision);
    this.report(
      timeline.length === deal.revision
        ? []
        : [`${this.story.named(deal.id)} has ${timeline.length} steps, not ${deal.revision}`],
    );
    this.coverage.addTimeline(timeline);
  }

  private report(breaches: readonly string[]): void {
    if (breaches.length > 0) throw new Mismatch(this.story.readable(breaches.join('\n')));
  }
}
