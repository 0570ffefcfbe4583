import type { Deal, ModelDispute } from './deal.ts';
import { ENDED } from './endings.ts';
import { refuse } from './refuse.ts';

export interface Account {
  available: number;
  held: number;
  locked: boolean;
}

export interface Offer {
  readonly id: string;
  readonly provider: string;
  rate: number;
  active: boolean;
}

/** All that the model remembers; commands and workflows look things up here and change them. */
export class World {
  readonly accounts = new Map<string, Account>();
  readonly offers = new Map<string, Offer>();
  readonly deals = new Map<string, Deal>();
  readonly admins = new Set<string>();
  /** Response time of each provider, in hours. */
  readonly responseHours = new Map<string, number>();
  /** By id, what they were asked for with. */
  readonly adjustments = new Map<string, string>();
  readonly messages = new Map<string, string>();
  /** A second dispute takes the place of the first; the first can still be named. */
  readonly pastDisputes = new Map<string, [Deal, ModelDispute]>();
  /** Epoch seconds. */
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  join(member: string, responseHours = 48): void {
    this.accounts.set(member, { available: 10, held: 0, locked: false });
    this.responseHours.set(member, responseHours);
  }

  get unfinished(): readonly Deal[] {
    return [...this.deals.values()].filter(({ status }) => !ENDED.has(status));
  }

  account(member: string): Account {
    const account = this.accounts.get(member);
    if (!account) throw new Error(`${member} is no member`);
    return account;
  }

  /** Throws `Refused`, as `disputeFor` and `checkFunds` do. */
  dealFor(id: unknown): Deal {
    return this.deals.get(String(id)) ?? refuse('NOT_FOUND');
  }

  disputeFor(id: unknown): [Deal, ModelDispute] {
    for (const deal of this.deals.values()) {
      if (deal.dispute && deal.dispute.id === id) return [deal, deal.dispute];
      const past = this.pastDisputes.get(String(id));
      if (past?.[0] === deal) return past;
    }
    return refuse('NOT_FOUND');
  }

  /** A lock stops new holds, whatever there is. */
  checkFunds(member: string, hours: number): void {
    const { locked, available } = this.account(member);
    if (locked) refuse('ACCOUNT_LOCKED');
    if (available < hours) refuse('INSUFFICIENT_HOURS');
  }
}
