import type { Provider } from '@angular/core';
import { AccountClient } from '../app/shared/api/account-client';
import { ApiError } from '../app/shared/api/api-error';
import { BalanceClient } from '../app/shared/api/balance-client';
import type { Balance, LogEntry } from '../app/shared/api/balance-client';
import { BooksClient } from '../app/shared/api/books-client';
import { DisputeClient } from '../app/shared/api/dispute-client';
import { FileTransfer } from '../app/shared/api/file-transfer';
import { MemberClient } from '../app/shared/api/member-client';
import type { Member, Profile } from '../app/shared/api/member-client';
import { MemberNames } from '../app/shared/api/member-names';
import { NotificationClient } from '../app/shared/api/notification-client';
import type { MemberNotification } from '../app/shared/api/notification-client';
import { OfferClient } from '../app/shared/api/offer-client';
import type { Offer, OfferDraft, OfferSearch } from '../app/shared/api/offer-client';
import { holdsWords } from '../app/shared/api/offer-search';
import type { Page } from '../app/shared/api/page';
import { ProgressClient } from '../app/shared/api/progress-client';
import type { FeedListener, Hint } from '../app/shared/api/progress-client';
import { RequestClient } from '../app/shared/api/request-client';
import { RequestLedgerClient } from '../app/shared/api/request-ledger-client';
import type {
  Changed,
  CounterOffer,
  ServiceRequest,
  Standing,
  Submission,
} from '../app/shared/api/service-request';
import { isTerminal } from '../../domain/life-cycle';
import type { Party } from '../../domain/life-cycle';
import { MessageClient } from '../app/shared/api/message-client';
import { ReviewClient } from '../app/shared/api/review-client';
import { StatsClient } from '../app/shared/api/stats-client';
import { AuthClient } from '../app/shared/session/auth-client';
import type { NewAccount, SignInOutcome, SignedIn } from '../app/shared/session/auth-client';
import { onePage } from './face';
import type { Face } from './face';
import { FakeAccounts, FakeBooks } from './fake-admin';
import { FakeDisputes, FakeRequestLedger, FakeTransfer } from './fake-disputes';
import { FakeMessages, FakeReviews, FakeStats } from './fake-talk';
import { ADA, balance, member, offer, standing } from './samples';

/** Cognito that knows one account. */
export class FakeAuth implements Face<AuthClient> {
  signedIn: SignedIn | undefined = { id: ADA, isAdmin: false };
  outcome: SignInOutcome = 'SIGNED_IN';
  /** What the next call throws, named as Cognito names it. */
  refusal: string | undefined;
  canContinue = true;
  readonly asked: unknown[][] = [];

  current(): Promise<SignedIn | undefined> {
    return Promise.resolve(this.signedIn);
  }
  signUp(account: NewAccount): Promise<void> {
    return this.#ask('signUp', account);
  }
  confirm(email: string, code: string): Promise<void> {
    return this.#ask('confirm', email, code);
  }
  async continueSignUp(): Promise<boolean> {
    await this.#ask('continueSignUp');
    if (this.canContinue) this.signedIn = { id: ADA, isAdmin: false };
    return this.canContinue;
  }
  resendCode(email: string): Promise<void> {
    return this.#ask('resendCode', email);
  }
  async signIn(email: string, password: string): Promise<SignInOutcome> {
    await this.#ask('signIn', email, password);
    if (this.outcome === 'SIGNED_IN') this.signedIn = { id: ADA, isAdmin: false };
    return this.outcome;
  }
  async signOut(): Promise<void> {
    await this.#ask('signOut');
    this.signedIn = undefined;
  }
  requestReset(email: string): Promise<void> {
    return this.#ask('requestReset', email);
  }
  reset(email: string, code: string, password: string): Promise<void> {
    return this.#ask('reset', email, code, password);
  }

  #ask(...call: unknown[]): Promise<void> {
    this.asked.push(call);
    const name = this.refusal;
    return name === undefined ? Promise.resolve() : Promise.reject(Object.assign(new Error(name), { name }));
  }
}

export class FakeOffers implements Face<OfferClient> {
  offers: Offer[] = [];
  failure: ApiError | undefined;

  browse({ text, category }: OfferSearch): Promise<Page<Offer>> {
    const found = this.offers.filter(
      (offer) =>
        offer.active && (category === undefined || offer.category === category) && holdsWords(offer, text),
    );
    return this.#answer(onePage(found));
  }
  ofMember(providerId: string): Promise<readonly Offer[]> {
    return this.#answer(this.offers.filter((offer) => offer.providerId === providerId));
  }
  get(id: string): Promise<Offer> {
    const found = this.offers.find((offer) => offer.id === id);
    return found ? this.#answer(found) : Promise.reject(new ApiError('NOT_FOUND'));
  }
  publish(draft: OfferDraft): Promise<Offer> {
    const published = { ...offer(), ...draft, id: 'new-offer', providerId: ADA, providerName: 'Ada' };
    this.offers.push(published);
    return this.#answer(published);
  }
  async change(id: string, change: Partial<OfferDraft & Pick<Offer, 'active'>>): Promise<Offer> {
    const changed = { ...(await this.get(id)), ...change };
    this.offers = this.offers.map((offer) => (offer.id === id ? changed : offer));
    return changed;
  }

  #answer<T>(value: T): Promise<T> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(value);
  }
}

export class FakeRequests implements Face<RequestClient> {
  requests: ServiceRequest[] = [];
  where: Standing = standing();
  failure: ApiError | undefined;
  /** What the next command is refused with. */
  refusal: ApiError | undefined;
  readonly commands: unknown[][] = [];
  reads = 0;

  open(party: Party, memberId: string): Promise<readonly ServiceRequest[]> {
    return this.#answer(this.#of(party, memberId).filter(({ status }) => !isTerminal(status)));
  }
  ended(party: Party, memberId: string): Promise<Page<ServiceRequest>> {
    return this.#answer(onePage(this.#of(party, memberId).filter(({ status }) => isTerminal(status))));
  }
  get(id: string): Promise<ServiceRequest> {
    this.reads++;
    const found = this.requests.find((request) => request.id === id);
    return found ? this.#answer(found) : Promise.reject(this.failure ?? new ApiError('NOT_FOUND'));
  }
  standing(): Promise<Standing> {
    return this.#answer(this.where);
  }
  submit(submission: Submission): Promise<Changed> {
    return this.#command(['submit', submission], {
      id: submission.requestId,
      amount: submission.estimatedHours * submission.rate,
    });
  }
  accept({ id }: ServiceRequest, message: string): Promise<Changed> {
    return this.#command(['accept', id, message], { id, pendingEvent: 'ACCEPT' });
  }
  decline({ id }: ServiceRequest, message: string): Promise<Changed> {
    return this.#command(['decline', id, message], { id, pendingEvent: 'REJECT' });
  }
  counterOffer({ id }: ServiceRequest, offer: CounterOffer): Promise<Changed> {
    return this.#command(['counterOffer', id, offer], { id, pendingEvent: 'COUNTER_OFFER' });
  }
  cancel(id: string, reason: string): Promise<Changed> {
    return this.#command(['cancel', id, reason], { id, pendingEvent: 'WITHDRAW' });
  }
  markDelivered(id: string, note: string): Promise<Changed> {
    return this.#command(['markDelivered', id, note], { id, pendingEvent: 'DELIVERED' });
  }
  requestChanges(id: string, note: string): Promise<Changed> {
    return this.#command(['requestChanges', id, note], { id, pendingEvent: 'CHANGES' });
  }
  confirm(id: string, note: string): Promise<Changed> {
    return this.#command(['confirm', id, note], { id, pendingEvent: 'CONFIRM' });
  }

  /** A request moves on: what the workflow does. */
  move(id: string, change: Partial<ServiceRequest>): void {
    this.requests = this.requests.map((request) => (request.id === id ? { ...request, ...change } : request));
  }

  #of(party: Party, memberId: string): readonly ServiceRequest[] {
    return this.requests.filter(
      (request) => (party === 'REQUESTER' ? request.requesterId : request.providerId) === memberId,
    );
  }

  #command(call: unknown[], change: Partial<Changed> & { readonly id: string }): Promise<Changed> {
    this.commands.push(call);
    if (this.refusal) return Promise.reject(this.refusal);
    this.move(change.id, change);
    const { id, pendingEvent, amount } = change;
    const now = this.requests.find((request) => request.id === id);
    return Promise.resolve({
      id,
      status: now?.status ?? 'INITIATED',
      statusReason: undefined,
      revision: now?.revision ?? 1,
      pendingEvent,
      agreedHours: undefined,
      agreedRate: now?.agreedRate ?? 1,
      amount: amount ?? now?.amount ?? 0,
      offeredHours: now?.offeredHours,
      offeredRate: now?.offeredRate,
      offeredAmount: now?.offeredAmount,
      negotiationRound: now?.negotiationRound ?? 0,
      disputeId: now?.disputeId,
      expiresAt: now?.expiresAt,
      updatedAt: now?.updatedAt ?? '',
    });
  }

  #answer<T>(value: T): Promise<T> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(value);
  }
}

export class FakeBalances implements Face<BalanceClient> {
  hours: Balance = balance();
  entries: LogEntry[] = [];
  failure: ApiError | undefined;

  get(): Promise<Balance> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.hours);
  }
  log(): Promise<Page<LogEntry>> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(onePage(this.entries));
  }
}

export class FakeNotifications implements Face<NotificationClient> {
  notifications: MemberNotification[] = [];
  failure: ApiError | undefined;

  list(): Promise<Page<MemberNotification>> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(onePage(this.notifications));
  }
  countSince(_userId: string, seenAt: string | undefined): Promise<number> {
    return Promise.resolve(this.notifications.filter(({ at }) => at > (seenAt ?? '')).length);
  }
}

export class FakeMembers implements Face<MemberClient> {
  members: Member[] = [member()];
  seen: string | undefined;
  failure: ApiError | undefined;
  /** The names that members said they have. */
  readonly ensured: (string | undefined)[] = [];

  get(id: string): Promise<Member> {
    const found = this.members.find((one) => one.id === id);
    if (this.failure) return Promise.reject(this.failure);
    return found ? Promise.resolve(found) : Promise.reject(new ApiError('NOT_FOUND'));
  }
  browse(text: string): Promise<Page<Member>> {
    const found = this.members.filter(({ displayName, neighbourhood }) =>
      holdsWords({ title: displayName, description: neighbourhood }, text),
    );
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(onePage(found));
  }
  async change(id: string, profile: Profile): Promise<Member> {
    const changed = { ...(await this.get(id)), ...profile };
    this.members = this.members.map((one) => (one.id === id ? changed : one));
    return changed;
  }
  ensure(name?: string): Promise<{ readonly displayName: string }> {
    this.ensured.push(name);
    return Promise.resolve({ displayName: 'Ada Lindqvist' });
  }
  seenAt(): Promise<string | undefined> {
    return Promise.resolve(this.seen);
  }
  markSeen(_id: string, at: string): Promise<void> {
    this.seen = at;
    return Promise.resolve();
  }
}

/** A feed whose line is in the test's hands. */
export class FakeProgress implements Face<ProgressClient> {
  opened = 0;
  #listener: FeedListener | undefined;

  open(listener: FeedListener): () => void {
    this.opened++;
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  get isOpen(): boolean {
    return this.#listener !== undefined;
  }
  hint(hint: Hint): void {
    this.#listener?.hint(hint);
  }
  live(): void {
    this.#listener?.live();
  }
  lost(): void {
    this.#listener?.lost();
  }
  ended(): void {
    this.#listener?.ended();
  }
}

/** Every client of the app as a fake, at the one seam where it does I/O. */
export class FakeBackend {
  readonly auth = new FakeAuth();
  readonly offers = new FakeOffers();
  readonly requests = new FakeRequests();
  readonly disputes = new FakeDisputes();
  readonly transfer = new FakeTransfer();
  readonly requestLedger = new FakeRequestLedger();
  readonly balances = new FakeBalances();
  readonly notifications = new FakeNotifications();
  readonly members = new FakeMembers();
  readonly progress = new FakeProgress();
  readonly messages = new FakeMessages();
  readonly reviews = new FakeReviews();
  readonly stats = new FakeStats();
  readonly accounts = new FakeAccounts();
  readonly books = new FakeBooks();

  readonly providers: Provider[] = [
    { provide: AuthClient, useValue: this.auth },
    { provide: OfferClient, useValue: this.offers },
    { provide: RequestClient, useValue: this.requests },
    { provide: DisputeClient, useValue: this.disputes },
    { provide: FileTransfer, useValue: this.transfer },
    { provide: RequestLedgerClient, useValue: this.requestLedger },
    { provide: BalanceClient, useValue: this.balances },
    { provide: NotificationClient, useValue: this.notifications },
    { provide: MemberClient, useValue: this.members },
    { provide: ProgressClient, useValue: this.progress },
    { provide: MessageClient, useValue: this.messages },
    { provide: ReviewClient, useValue: this.reviews },
    { provide: StatsClient, useValue: this.stats },
    { provide: AccountClient, useValue: this.accounts },
    { provide: BooksClient, useValue: this.books },
    { provide: MemberNames, useValue: { of: () => Promise.resolve('Ben Okafor'), forget: () => undefined } },
  ];
}
