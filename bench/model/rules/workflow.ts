import { tableOf, type Deal, type ModelDispute, type Pending, type Role, type Terms } from './deal.ts';
import { ENDINGS, LAPSES } from './endings.ts';
import { WAITS } from './waits.ts';
import type { World } from './world.ts';

/** What a request is next, once a command or the clock has left something pending, and who gets its hours. */
export class Workflow {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Goes on until it waits. `funded` says of a race for the same hours how it ended. */
  carryOn(deal: Deal, funded?: boolean): void {
    if (deal.status === 'INITIATED') this.begin(deal, funded);
    const { pending } = deal;
    if (pending) this.carryOut(deal, pending, funded);
  }

  /** The clock wakes it if it is time. */
  wake(deal: Deal): void {
    const { now } = this.world;
    if (deal.timer === undefined || deal.timer > now) return;
    if (!deal.pending && (deal.deadline ?? Infinity) <= now) this.claimTimeout(deal);
    if (deal.pending) this.carryOn(deal);
    else this.setTimer(deal);
  }

  claimTimeout(deal: Deal): void {
    deal.pending = { event: 'TIMEOUT', by: 'CLOCK' };
  }

  /** A step of ours failed for good before any payment was decided. */
  fail(deal: Deal): void {
    this.end(deal, deal.status === 'DISPUTED' ? 'REFUNDED' : 'CANCELLED', 'SYSTEM_FAILURE', 'LAPSED');
  }

  private begin(deal: Deal, funded?: boolean): void {
    const offer = this.world.offers.get(deal.offer);
    deal.revision += 1;
    const account = this.world.account(deal.requester);
    if (!offer?.active) this.enter(deal, 'REJECTED', 'OFFER_UNAVAILABLE');
    else if (offer.rate !== deal.rate) this.enter(deal, 'REJECTED', 'TERMS_CHANGED');
    else if (account.locked) this.enter(deal, 'REJECTED', 'ACCOUNT_LOCKED');
    else if (!(funded ?? account.available >= deal.amount))
      this.enter(deal, 'REJECTED', 'INSUFFICIENT_HOURS');
    else {
      account.available -= deal.amount;
      account.held += deal.amount;
      deal.held = deal.amount;
      deal.revision += 1;
      this.enter(deal, 'AWAITING_RESPONSE');
    }
  }

  private carryOut(deal: Deal, { event, by, terms, refund }: Pending, funded?: boolean): void {
    const ending = event === 'TIMEOUT' ? LAPSES[deal.status] : ENDINGS[event];
    if (ending) {
      this.end(deal, ending.status, event, ending.dispute, ending.pays ? (refund ?? 0) : deal.held);
      return;
    }
    switch (event) {
      case 'ACCEPT':
        this.accept(deal, terms ?? tableOf(deal), funded);
        break;
      case 'COUNTER_OFFER':
        deal.round += 1;
        this.enter(deal, 'NEGOTIATING', undefined, terms);
        break;
      case 'DELIVERED':
        this.enter(deal, 'COMPLETED');
        break;
      case 'CHANGES':
        deal.changes += 1;
        this.enter(deal, 'IN_PROGRESS');
        break;
      case 'OPEN_DISPUTE':
        this.dispute(deal, by === 'REQUESTER' ? 'REQUESTER' : 'PROVIDER');
        break;
      case 'DISMISS_DISPUTE':
        this.dismiss(deal);
        break;
      default:
        throw new Error(`The model carries out no ${event}`);
    }
  }

  private accept(deal: Deal, terms: Terms, funded?: boolean): void {
    if (deal.status === 'NEGOTIATING') {
      const account = this.world.account(deal.requester);
      const extra = terms.amount - deal.amount;
      if (extra > 0 && (account.locked || !(funded ?? account.available >= extra))) {
        deal.shortfalls += 1;
        const { deadline } = deal;
        this.enter(deal, 'NEGOTIATING', account.locked ? 'ACCOUNT_LOCKED' : 'INSUFFICIENT_HOURS', terms);
        deal.deadline = deadline;
        this.setTimer(deal);
        return;
      }
      account.available -= extra;
      account.held += extra;
      deal.held += extra;
      deal.amount = terms.amount;
    }
    deal.agreedHours = terms.hours;
    deal.rate = terms.rate;
    deal.revision += 1;
    this.enter(deal, 'IN_PROGRESS');
  }

  private dispute(deal: Deal, by: Role): void {
    const { dispute } = deal;
    const { now } = this.world;
    if (!dispute) throw new Error('Nobody opened a dispute');
    this.world.pastDisputes.set(dispute.id, [deal, dispute]);
    deal.disputed[by] += 1;
    const before = { status: deal.status, left: Math.max(0, (deal.deadline ?? now) - now) };
    this.enter(deal, 'DISPUTED');
    deal.before = before;
    deal.frozen = true;
    dispute.status = 'AWAITING_DECISION';
  }

  private dismiss(deal: Deal): void {
    const { before, dispute } = deal;
    if (!before || !dispute) throw new Error('There was nothing before the dispute');
    this.enter(deal, before.status);
    deal.deadline = this.world.now + before.left;
    this.setTimer(deal);
    deal.frozen = false;
    dispute.status = 'DISMISSED';
  }

  /** Ends a deal; `refund` hours go back to the requester, all of them unless it says how many. */
  private end(
    deal: Deal,
    status: string,
    reason: string,
    ended?: ModelDispute['status'],
    refund = deal.held,
  ): void {
    const opening = deal.pending?.event === 'OPEN_DISPUTE';
    const requester = this.world.account(deal.requester);
    requester.held -= deal.held;
    requester.available += refund;
    this.world.account(deal.provider).available += deal.held - refund;
    deal.refunded = refund;
    deal.released = deal.held - refund;
    if (deal.dispute && (deal.status === 'DISPUTED' || opening)) {
      deal.dispute.status = ended ?? 'LAPSED';
      deal.dispute.refunded = refund;
    }
    deal.held = 0;
    deal.frozen = false;
    this.enter(deal, status, reason);
  }

  private enter(deal: Deal, status: string, reason?: string, table?: Terms): void {
    deal.status = status;
    deal.reason = reason;
    deal.revision += 1;
    deal.table = table;
    deal.pending = undefined;
    deal.before = undefined;
    const wait = WAITS[status];
    deal.deadline = wait && this.world.now + wait.lasts(deal);
    this.setTimer(deal);
  }

  private setTimer(deal: Deal): void {
    const wait = WAITS[deal.status];
    if (!wait || deal.deadline === undefined) {
      deal.timer = undefined;
      return;
    }
    const began = deal.deadline - wait.lasts(deal);
    const moments = [...wait.reminds.map((after) => began + after), deal.deadline];
    deal.timer = moments.find((moment) => moment > this.world.now) ?? this.world.now + 1;
  }
}
