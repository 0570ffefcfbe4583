import type { RefusalCode } from '../../domain/refusal.ts';

/**
 * What HourBank is meant to do, in a few dozen rules over plain numbers, written from design.md and not from `domain/`:
 * which command is accepted or why it is refused, what a request is next, and who has how many hours.
 */

export type Role = 'REQUESTER' | 'PROVIDER';
export type Reply = 'OK' | RefusalCode;

/** An operation of the API as a caller gives it. */
export interface Action {
  readonly op: string;
  readonly by: string;
  readonly args: Readonly<Record<string, unknown>>;
}

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

interface Terms {
  readonly hours: number;
  readonly rate: number;
  readonly amount: number;
}

export interface ModelDispute {
  readonly id: string;
  status: 'OPEN' | 'AWAITING_DECISION' | 'RESOLVED' | 'SETTLED' | 'DISMISSED' | 'LAPSED';
  proposals: number;
  proposed?: { readonly hours: number; readonly by: string } | undefined;
  refunded?: number;
  readonly statements: Readonly<Record<Role, Set<string>>>;
}

interface Pending {
  readonly event: string;
  readonly by: Role | 'ADMIN' | 'CLOCK';
  readonly terms?: Terms;
  readonly refund?: number;
}

export interface Deal {
  readonly id: string;
  readonly offer: string;
  readonly requester: string;
  readonly provider: string;
  readonly responseSeconds: number;
  readonly submission: string;
  status: string;
  reason?: string | undefined;
  revision: number;
  amount: number;
  hours: number;
  rate: number;
  /** Terms on the table. */
  table?: Terms | undefined;
  agreedHours?: number;
  round: number;
  shortfalls: number;
  changes: number;
  readonly disputed: Record<Role, number>;
  /** Epoch seconds. */
  deadline?: number | undefined;
  /** When the execution wakes by itself: the next reminder or the deadline. */
  timer?: number | undefined;
  pending?: Pending | undefined;
  held: number;
  frozen: boolean;
  released: number;
  refunded: number;
  /** Of the present or last dispute. */
  dispute?: ModelDispute;
  before?: { readonly status: string; readonly left: number } | undefined;
  readonly reviews: Partial<Record<Role, { readonly rating: number; readonly at: number }>>;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long each status waits, and when it reminds; seconds. */
const WAITS: Readonly<
  Record<string, { readonly lasts: (deal: Deal) => number; readonly reminds: readonly number[] }>
> = {
  AWAITING_RESPONSE: { lasts: (deal) => deal.responseSeconds, reminds: [] },
  NEGOTIATING: { lasts: () => 2 * DAY, reminds: [] },
  IN_PROGRESS: { lasts: () => 30 * DAY, reminds: [] },
  COMPLETED: { lasts: () => 7 * DAY, reminds: [5 * DAY, 6 * DAY] },
  DISPUTED: { lasts: () => 30 * DAY, reminds: [DAY, 1.5 * DAY, 2 * DAY] },
};

export const ENDED = new Set(['PAID', 'REJECTED', 'EXPIRED', 'CANCELLED', 'REFUNDED']);
const BEFORE_RESPONSE = new Set(['INITIATED', 'VALIDATING', 'ESCROWED']);

/** What each operation asks, and where it may be asked by whom. */
interface Question {
  readonly by: readonly Role[];
  readonly where: readonly string[];
  /** Where it has had its effect. */
  readonly answered: readonly string[];
  /** Where the system is about to make it possible. */
  readonly soon: ReadonlySet<string>;
}

const SOON_AT_WORK = new Set(['ACCEPTED']);
const NEVER = new Set<string>();
const AGREED = ['ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'PAID', 'REJECTED'];

const WITHDRAW: Question = {
  by: ['REQUESTER'],
  where: ['AWAITING_RESPONSE', 'NEGOTIATING'],
  answered: ['CANCELLED'],
  soon: BEFORE_RESPONSE,
};
const CANNOT_DO: Question = {
  by: ['PROVIDER'],
  where: ['IN_PROGRESS'],
  answered: ['CANCELLED'],
  soon: SOON_AT_WORK,
};
const QUESTIONS: Readonly<Record<string, Question>> = {
  markServiceDelivered: {
    by: ['PROVIDER'],
    where: ['IN_PROGRESS'],
    answered: ['COMPLETED', 'PAID'],
    soon: SOON_AT_WORK,
  },
  requestChanges: { by: ['REQUESTER'], where: ['COMPLETED'], answered: ['IN_PROGRESS', 'PAID'], soon: NEVER },
  confirmServiceCompletion: { by: ['REQUESTER'], where: ['COMPLETED'], answered: ['PAID'], soon: NEVER },
  openDispute: {
    by: ['REQUESTER', 'PROVIDER'],
    where: ['IN_PROGRESS', 'COMPLETED'],
    answered: ['DISPUTED'],
    soon: SOON_AT_WORK,
  },
};

const EVENTS: Readonly<Record<string, string>> = {
  markServiceDelivered: 'DELIVERED',
  requestChanges: 'CHANGES',
  confirmServiceCompletion: 'CONFIRM',
  openDispute: 'OPEN_DISPUTE',
};

/** How a deal ends; where it pays, what is not given back goes to the provider. */
interface Ending {
  readonly status: string;
  readonly dispute?: ModelDispute['status'];
  readonly pays?: true;
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  REJECT: { status: 'REJECTED' },
  WITHDRAW: { status: 'CANCELLED' },
  CANNOT_DO: { status: 'CANCELLED' },
  CONFIRM: { status: 'PAID', pays: true },
  REFUND_TO_REQUESTER: { status: 'REFUNDED', dispute: 'RESOLVED' },
  PAY_TO_PROVIDER: { status: 'PAID', dispute: 'RESOLVED', pays: true },
  PARTIAL_REFUND: { status: 'PAID', dispute: 'RESOLVED', pays: true },
  SETTLE_REFUND: { status: 'REFUNDED', dispute: 'SETTLED' },
  SETTLE_PAY: { status: 'PAID', dispute: 'SETTLED', pays: true },
  SETTLE_PARTIAL: { status: 'PAID', dispute: 'SETTLED', pays: true },
};

/** How it ends where nobody acts in time. */
const LAPSES: Readonly<Record<string, Ending>> = {
  AWAITING_RESPONSE: { status: 'EXPIRED' },
  NEGOTIATING: { status: 'EXPIRED' },
  IN_PROGRESS: { status: 'CANCELLED' },
  COMPLETED: { status: 'PAID', pays: true },
  DISPUTED: { status: 'REFUNDED', dispute: 'LAPSED' },
};

class Refused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

const refuse = (code: RefusalCode): never => {
  throw new Refused(code);
};

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Rounded half up to a quarter. */
const priceOf = (hours: number, rate: number): number => Math.floor(hours * rate * 4 + 0.5) / 4;

export class Model {
  readonly accounts = new Map<string, Account>();
  readonly offers = new Map<string, Offer>();
  readonly deals = new Map<string, Deal>();
  readonly admins = new Set<string>();
  /** Response time of each provider, in hours. */
  readonly responseHours = new Map<string, number>();
  /** By id, what they were asked for with. */
  readonly adjustments = new Map<string, string>();
  readonly messages = new Map<string, string>();
  /** Epoch seconds. */
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  join(member: string, responseHours = 48): void {
    this.accounts.set(member, { available: 10, held: 0, locked: false });
    this.responseHours.set(member, responseHours);
  }

  /** What the API answers, without any effect. */
  predict(action: Action): Reply {
    try {
      this.consider(action);
      return 'OK';
    } catch (error) {
      if (error instanceof Refused) return error.code;
      throw error;
    }
  }

  /** Gives a command; what it leaves pending is carried out by `carryOn`. */
  give(action: Action): Reply {
    const reply = this.predict(action);
    if (reply === 'OK') this.consider(action)();
    return reply;
  }

  /** The workflow goes on until it waits. `funded` says of a race for the same hours how it ended. */
  carryOn(deal: Deal, funded?: boolean): void {
    if (deal.status === 'INITIATED') this.begin(deal, funded);
    const { pending } = deal;
    if (pending) this.carryOut(deal, pending, funded);
  }

  /** Time passes; whoever has a deadline or an answer that nobody was woken for is carried on. */
  moveTo(now: number): void {
    this.now = now;
    for (const deal of this.deals.values())
      if (deal.timer !== undefined && deal.timer <= now) {
        if (!deal.pending && (deal.deadline ?? Infinity) <= now) this.claimTimeout(deal);
        if (deal.pending) this.carryOn(deal);
        else this.setTimer(deal);
      }
  }

  claimTimeout(deal: Deal): void {
    deal.pending = { event: 'TIMEOUT', by: 'CLOCK' };
  }

  /** A step of ours failed for good before any payment was decided. */
  fail(deal: Deal): void {
    this.end(deal, deal.status === 'DISPUTED' ? 'REFUNDED' : 'CANCELLED', 'SYSTEM_FAILURE', 'LAPSED');
  }

  roleOf(deal: Deal, who: string): Role | undefined {
    if (who === deal.requester) return 'REQUESTER';
    return who === deal.provider ? 'PROVIDER' : undefined;
  }

  turnOf(deal: Deal): Role {
    if (deal.status === 'AWAITING_RESPONSE') return 'PROVIDER';
    return deal.round % 2 === 1 ? 'REQUESTER' : 'PROVIDER';
  }

  tableOf(deal: Deal): Terms {
    return deal.table ?? { hours: deal.agreedHours ?? deal.hours, rate: deal.rate, amount: deal.amount };
  }

  proposalsOf(disputeId: string): number {
    return this.disputeFor(disputeId)[1].proposals;
  }

  private consider(action: Action): () => void {
    const { op, by, args } = action;
    switch (op) {
      case 'submitServiceRequest':
        return this.submit(by, args);
      case 'respondToServiceRequest':
        return this.respond(this.dealFor(args['requestId']), by, args);
      case 'proposeSettlement':
      case 'answerSettlement':
      case 'addStatement':
        return this.inDispute(op, by, args);
      case 'resolveDispute':
        return this.resolve(by, args);
      case 'adjustBalance':
        return this.adjust(by, args);
      case 'setAccountLock':
        return this.lock(by, args);
      case 'postMessage':
        return this.say(this.dealFor(args['requestId']), by, args);
      case 'leaveReview':
        return this.review(this.dealFor(args['requestId']), by, args);
      case 'cancelServiceRequest': {
        const deal = this.dealFor(args['requestId']);
        const role = this.roleOf(deal, by) ?? refuse('NOT_FOUND');
        return role === 'REQUESTER'
          ? this.ask(deal, by, WITHDRAW, 'WITHDRAW')
          : this.ask(deal, by, CANNOT_DO, 'CANNOT_DO');
      }
      default: {
        const deal = this.dealFor(args['requestId']);
        const question = QUESTIONS[op];
        const event = EVENTS[op];
        if (!question || event === undefined) throw new Error(`The model knows no ${op}`);
        return this.ask(deal, by, question, event);
      }
    }
  }

  private dealFor(id: unknown): Deal {
    return this.deals.get(String(id)) ?? refuse('NOT_FOUND');
  }

  private submit(by: string, args: Action['args']): () => void {
    const id = String(args['requestId']);
    const submission = JSON.stringify([by, args['serviceId'], args['estimatedHours'], args['rate']]);
    const earlier = this.deals.get(id);
    if (earlier) {
      if (earlier.submission !== submission) refuse('DUPLICATE_REQUEST');
      return () => undefined;
    }
    const offer = this.offers.get(String(args['serviceId'])) ?? refuse('OFFER_UNAVAILABLE');
    if (offer.provider === by) refuse('OWN_OFFER');
    if (!offer.active) refuse('OFFER_UNAVAILABLE');
    if (offer.rate !== args['rate']) refuse('TERMS_CHANGED');
    const hours = number(args['estimatedHours']) ?? refuse('INVALID_HOURS');
    const amount = priceOf(hours, offer.rate);
    this.checkFunds(by, amount);
    const deal: Deal = {
      id,
      offer: offer.id,
      requester: by,
      provider: offer.provider,
      responseSeconds: (this.responseHours.get(offer.provider) ?? 48) * HOUR,
      submission,
      status: 'INITIATED',
      revision: 1,
      amount,
      hours,
      rate: offer.rate,
      round: 0,
      shortfalls: 0,
      changes: 0,
      disputed: { REQUESTER: 0, PROVIDER: 0 },
      held: 0,
      frozen: false,
      released: 0,
      refunded: 0,
      reviews: {},
    };
    return () => {
      this.deals.set(id, deal);
    };
  }

  /** The rules common to every question: strangers, wrong side, too late, too early. */
  private check(deal: Deal, by: string, { by: asked, where, answered, soon }: Question): Role {
    const role = this.roleOf(deal, by) ?? refuse('NOT_FOUND');
    if (!asked.includes(role)) refuse('NOT_YOUR_TURN');
    if (deal.pending) refuse('ALREADY_ANSWERED');
    if (where.includes(deal.status)) return role;
    if (soon.has(deal.status)) refuse('TRY_AGAIN');
    return refuse(answered.includes(deal.status) ? 'ALREADY_ANSWERED' : 'NOT_ALLOWED_NOW');
  }

  private ask(deal: Deal, by: string, question: Question, event: string): () => void {
    const role = this.check(deal, by, question);
    if (event === 'CHANGES' && deal.changes >= 5) refuse('TOO_MANY_CHANGES');
    if (event === 'OPEN_DISPUTE' && deal.disputed[role] >= 1) refuse('TOO_MANY_DISPUTES');
    return () => {
      deal.pending = { event, by: role };
      if (event === 'OPEN_DISPUTE')
        deal.dispute = {
          id: `dispute-${deal.id}-${role.toLowerCase()}`,
          status: 'OPEN',
          proposals: 0,
          statements: { REQUESTER: new Set(), PROVIDER: new Set() },
        };
    };
  }

  private respond(deal: Deal, by: string, args: Action['args']): () => void {
    const role = this.roleOf(deal, by) ?? refuse('NOT_FOUND');
    if (role === 'REQUESTER' && !deal.pending && deal.status === 'AWAITING_RESPONSE') refuse('NOT_YOUR_TURN');
    this.check(deal, by, {
      by: ['REQUESTER', 'PROVIDER'],
      where: ['AWAITING_RESPONSE', 'NEGOTIATING'],
      answered: AGREED,
      soon: role === 'PROVIDER' ? BEFORE_RESPONSE : NEVER,
    });
    if (this.turnOf(deal) !== role) refuse('NOT_YOUR_TURN');
    const response = String(args['response']);
    if (response === 'COUNTER_OFFER' && deal.round >= 5) refuse('TOO_MANY_ROUNDS');
    if (response === 'ACCEPT' && deal.status === 'NEGOTIATING' && deal.shortfalls >= 5)
      refuse('INSUFFICIENT_HOURS');
    const table = this.tableOf(deal);
    const [round, hours, rate] = ['round', 'hours', 'rate'].map((name) => number(args[name]));
    if (round !== undefined && round !== deal.round) refuse('TERMS_CHANGED');
    if (response !== 'COUNTER_OFFER') {
      if (hours !== undefined && hours !== table.hours) refuse('TERMS_CHANGED');
      if (rate !== undefined && rate !== table.rate) refuse('TERMS_CHANGED');
    }
    if (response === 'REJECT')
      return () => {
        deal.pending = { event: 'REJECT', by: role };
      };
    const offered = { hours: hours ?? 0, rate: rate ?? table.rate };
    const terms =
      response === 'ACCEPT' ? table : { ...offered, amount: priceOf(offered.hours, offered.rate) };
    if (response !== 'ACCEPT' && terms.hours === table.hours && terms.rate === table.rate)
      refuse('SAME_TERMS');
    const extra = terms.amount - deal.amount;
    if (role === 'REQUESTER' && extra > 0) this.checkFunds(by, extra);
    return () => {
      deal.pending = { event: response, by: role, terms };
    };
  }

  private disputeFor(id: unknown): [Deal, ModelDispute] {
    for (const deal of this.deals.values()) {
      if (deal.dispute && deal.dispute.id === id) return [deal, deal.dispute];
      const past = this.pastDisputes.get(String(id));
      if (past?.[0] === deal) return past;
    }
    return refuse('NOT_FOUND');
  }

  /** A second dispute takes the place of the first; the first can still be named. */
  private readonly pastDisputes = new Map<string, [Deal, ModelDispute]>();

  private inDispute(op: string, by: string, args: Action['args']): () => void {
    const [deal, dispute] = this.disputeFor(args['disputeId']);
    const role = this.roleOf(deal, by) ?? refuse('NOT_FOUND');
    if (op === 'addStatement') {
      if (dispute.status !== 'OPEN' && dispute.status !== 'AWAITING_DECISION') refuse('ALREADY_ANSWERED');
      const said = dispute.statements[role];
      const statement = String(args['statement']);
      if (!said.has(statement) && said.size >= MOST_STATEMENTS) refuse('TOO_MUCH_EVIDENCE');
      return () => {
        said.add(statement);
      };
    }
    checkArguable(dispute);
    const hours = number(args['refundHours']);
    if (op === 'proposeSettlement') {
      if (dispute.proposals >= 20) refuse('TOO_MANY_ROUNDS');
      if (hours === undefined || hours > deal.amount) refuse('INVALID_HOURS');
      if (deal.pending) refuse('ALREADY_ANSWERED');
      return () => {
        dispute.proposals += 1;
        dispute.proposed = { hours: hours ?? 0, by };
      };
    }
    const proposed = dispute.proposed ?? refuse('NOT_ALLOWED_NOW');
    if (proposed.by === by) refuse('NOT_YOUR_TURN');
    if (hours !== undefined && hours !== proposed.hours) refuse('TERMS_CHANGED');
    if (deal.pending) refuse('ALREADY_ANSWERED');
    if (args['accept'] !== true)
      return () => {
        dispute.proposed = undefined;
      };
    return () => {
      deal.pending = { event: settlementOf(deal, proposed.hours), by: role, refund: proposed.hours };
    };
  }

  private resolve(by: string, args: Action['args']): () => void {
    if (!this.admins.has(by)) refuse('NOT_AN_ADMIN');
    const [deal, dispute] = this.disputeFor(args['disputeId']);
    if (this.roleOf(deal, by)) refuse('CONFLICT_OF_INTEREST');
    checkArguable(dispute);
    const decision = String(args['decision']);
    const hours = number(args['refundHours']);
    if (decision === 'PARTIAL_REFUND') {
      if (hours === undefined || hours < 0.25 || hours > deal.amount - 0.25) refuse('INVALID_HOURS');
    } else if (hours !== undefined) refuse('INVALID_INPUT');
    if (deal.pending) refuse('ALREADY_ANSWERED');
    return () => {
      deal.pending = { event: decision, by: 'ADMIN', ...(hours !== undefined && { refund: hours }) };
    };
  }

  /** Accounts are for an admin, and never their own. */
  private accountFor(by: string, args: Action['args']): Account {
    if (!this.admins.has(by)) refuse('NOT_AN_ADMIN');
    const member = String(args['userId']);
    if (member === by) refuse('CONFLICT_OF_INTEREST');
    return this.accounts.get(member) ?? refuse('NOT_FOUND');
  }

  private adjust(by: string, args: Action['args']): () => void {
    const account = this.accountFor(by, args);
    const id = String(args['adjustmentId']);
    const body = JSON.stringify([by, args]);
    const earlier = this.adjustments.get(id);
    if (earlier !== undefined) {
      if (earlier !== body) refuse('DUPLICATE_REQUEST');
      return () => undefined;
    }
    const hours = number(args['hours']) ?? refuse('INVALID_HOURS');
    if (account.locked) refuse('ACCOUNT_LOCKED');
    if (hours < 0 && args['allowBelowZero'] !== true && account.available + hours < 0)
      refuse('INSUFFICIENT_HOURS');
    return () => {
      this.adjustments.set(id, body);
      account.available += hours;
    };
  }

  private lock(by: string, args: Action['args']): () => void {
    const account = this.accountFor(by, args);
    const locked = args['locked'] === true;
    if (account.locked === locked) refuse('ALREADY_ANSWERED');
    return () => {
      account.locked = locked;
    };
  }

  private say(deal: Deal, by: string, args: Action['args']): () => void {
    if (!this.roleOf(deal, by)) refuse('NOT_FOUND');
    const id = String(args['messageId']);
    const body = JSON.stringify([by, deal.id, args['text']]);
    const earlier = this.messages.get(id);
    if (earlier !== undefined && earlier !== body) refuse('DUPLICATE_REQUEST');
    return () => {
      this.messages.set(id, body);
    };
  }

  /** Published when both have written, or after a week. */
  private review(deal: Deal, by: string, args: Action['args']): () => void {
    const role = this.roleOf(deal, by) ?? refuse('NOT_FOUND');
    if (deal.status !== 'PAID') refuse('NOT_ALLOWED_NOW');
    const rating = number(args['rating']) ?? 0;
    const earlier = deal.reviews[role];
    if (earlier) {
      if (earlier.rating !== rating) refuse('ALREADY_ANSWERED');
      return () => undefined;
    }
    return () => {
      deal.reviews[role] = { rating, at: this.now };
    };
  }

  /** Whether the reviews of a deal can be read by others. */
  isPublished({ reviews: { REQUESTER, PROVIDER } }: Deal): boolean {
    const [first] = [REQUESTER, PROVIDER].filter((review) => review !== undefined);
    return (
      (REQUESTER !== undefined && PROVIDER !== undefined) ||
      (first !== undefined && first.at + 7 * DAY <= this.now)
    );
  }

  private begin(deal: Deal, funded?: boolean): void {
    const offer = this.offers.get(deal.offer);
    deal.revision += 1;
    const account = this.account(deal.requester);
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
        this.accept(deal, terms ?? this.tableOf(deal), funded);
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
      const account = this.account(deal.requester);
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
    if (!dispute) throw new Error('Nobody opened a dispute');
    this.pastDisputes.set(dispute.id, [deal, dispute]);
    deal.disputed[by] += 1;
    const before = { status: deal.status, left: Math.max(0, (deal.deadline ?? this.now) - this.now) };
    this.enter(deal, 'DISPUTED');
    deal.before = before;
    deal.frozen = true;
    dispute.status = 'AWAITING_DECISION';
  }

  private dismiss(deal: Deal): void {
    const { before, dispute } = deal;
    if (!before || !dispute) throw new Error('There was nothing before the dispute');
    this.enter(deal, before.status);
    deal.deadline = this.now + before.left;
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
    const requester = this.account(deal.requester);
    requester.held -= deal.held;
    requester.available += refund;
    this.account(deal.provider).available += deal.held - refund;
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
    deal.deadline = wait && this.now + wait.lasts(deal);
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
    deal.timer = moments.find((moment) => moment > this.now) ?? this.now + 1;
  }

  /** A lock stops new holds, whatever there is. */
  private checkFunds(member: string, hours: number): void {
    const { locked, available } = this.account(member);
    if (locked) refuse('ACCOUNT_LOCKED');
    if (available < hours) refuse('INSUFFICIENT_HOURS');
  }

  private account(member: string): Account {
    const account = this.accounts.get(member);
    if (!account) throw new Error(`${member} is no member`);
    return account;
  }
}

const MOST_STATEMENTS = 5;

function checkArguable({ status }: ModelDispute): void {
  if (status === 'OPEN') refuse('TRY_AGAIN');
  if (status !== 'AWAITING_DECISION') refuse('ALREADY_ANSWERED');
}

function settlementOf(deal: Deal, refund: number): string {
  if (refund === 0) return 'SETTLE_PAY';
  return refund === deal.amount ? 'SETTLE_REFUND' : 'SETTLE_PARTIAL';
}
