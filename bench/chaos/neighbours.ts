import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { confirmationCode, outputsFor } from '../../dev/house.ts';
import { makeAdmin } from '../../dev/make-admin.ts';
import { Member } from '../../dev/member.ts';
import { allowedActions } from '../../domain/actions.ts';
import { isTerminal, type RequestEvent } from '../../domain/life-cycle.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { rowsOf } from './rows.ts';

const PASSWORD = 'Neighbours-1';
const MEMBERS = 6;

/** A mutation by its name, its arguments with their types. */
const mutation = (name: string, types: Readonly<Record<string, string>>): string => {
  const names = Object.keys(types);
  return `mutation Do(${names.map((one) => `$${one}: ${types[one] ?? ''}`).join(', ')}) {
    ${name}(${names.map((one) => `${one}: $${one}`).join(', ')}) { id }
  }`;
};

const CHECK_BOOKS = 'mutation { startReconciliation { reportId } }';
const CHECK =
  'query Check($id: ID!) { getReconciliationReport(id: $id) { status mismatches accountsChecked } }';

const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  submitServiceRequest: { requestId: 'ID!', serviceId: 'ID!', estimatedHours: 'Float!', rate: 'Float!' },
  respondToServiceRequest: { requestId: 'ID!', response: 'ProviderResponse!', hours: 'Float' },
  cancelServiceRequest: { requestId: 'ID!' },
  markServiceDelivered: { requestId: 'ID!' },
  requestChanges: { requestId: 'ID!' },
  confirmServiceCompletion: { requestId: 'ID!' },
  openDispute: { requestId: 'ID!', reason: 'String!', statement: 'String!' },
  proposeSettlement: { disputeId: 'ID!', refundHours: 'Float!' },
  answerSettlement: { disputeId: 'ID!', accept: 'Boolean!' },
  resolveDispute: { disputeId: 'ID!', decision: 'DisputeDecision!', refundHours: 'Float' },
  postMessage: { requestId: 'ID!', text: 'String!' },
  leaveReview: { requestId: 'ID!', rating: 'Int!' },
  adjustBalance: { adjustmentId: 'ID!', userId: 'ID!', hours: 'Float!', reason: 'String!' },
  setAccountLock: { userId: 'ID!', locked: 'Boolean!', reason: 'String!' },
};

/** What a check of the books found. */
export interface BooksChecked {
  readonly status: string;
  readonly mismatches: number;
  readonly accountsChecked: number;
}

/** What brings a request nearer to its payment; done more often than chance would, or most hours only come back. */
const ONWARDS: ReadonlySet<RequestEvent> = new Set(['ACCEPT', 'DELIVERED', 'CONFIRM']);

/** What came of a command, as its caller heard it. */
export type Heard = 'OK' | 'UNKNOWN' | `refused ${string}`;

/** Members who act at random, over HTTP, and never mind what fails. */
export class Neighbours {
  readonly heard: Record<string, number> = {};
  readonly members: readonly Member[];
  readonly admin: Member;
  readonly offers: ReadonlyMap<string, string>;
  private readonly gatewayUrl: string;
  private readonly random: () => number;

  private constructor(
    gatewayUrl: string,
    random: () => number,
    members: readonly Member[],
    admin: Member,
    offers: ReadonlyMap<string, string>,
  ) {
    this.gatewayUrl = gatewayUrl;
    this.random = random;
    this.members = members;
    this.admin = admin;
    this.offers = offers;
  }

  static async move(gatewayUrl: string, random: () => number): Promise<Neighbours> {
    const join = async (name: string) => {
      const email = `${name}-${randomUUID().slice(0, 8)}@hourbank.test`;
      return Member.signUp({ email, password: PASSWORD, name }, (address) =>
        confirmationCode(gatewayUrl, address),
      );
    };
    const members: Member[] = [];
    for (let index = 0; index < MEMBERS; index++) members.push(await join(`member-${index}`));
    const { email } = await join('admin');
    await makeAdmin(gatewayUrl, outputsFor(gatewayUrl).auth.user_pool_id, email);
    const admin = await Member.signIn(email, PASSWORD);
    const offers = new Map<string, string>();
    for (const member of members) offers.set(member.id, await offerOf(member));
    const neighbours = new Neighbours(gatewayUrl, random, members, admin, offers);
    await neighbours.untilWelcome();
    return neighbours;
  }

  /** One member does something that might be allowed, or now and then something that is not. */
  async act(): Promise<void> {
    const requests = await this.requests();
    if (this.random() < 0.3) {
      await this.submit(0.25 + 0.25 * Math.floor(this.random() * 6));
      return;
    }
    if (this.random() < 0.05) {
      await this.administer();
      return;
    }
    const request = this.pickOne(requests);
    if (!request) return;
    const role = this.pick(['REQUESTER', 'PROVIDER', 'ADMIN'] as const) ?? 'ADMIN';
    const allowed = allowedActions(request, role);
    const onwards = allowed.filter(({ event }) => ONWARDS.has(event));
    const action = this.pick(this.random() < 0.6 && onwards.length > 0 ? onwards : allowed);
    const who =
      role === 'ADMIN'
        ? this.admin
        : this.memberWith(role === 'REQUESTER' ? request.requesterId : request.providerId);
    if (!who) return;
    if (this.random() < 0.1)
      await this.give(who, 'postMessage', { requestId: request.id, text: 'When shall I come?' });
    else if (request.status === 'PAID')
      await this.give(who, 'leaveReview', { requestId: request.id, rating: 4 });
    else if (request.status === 'DISPUTED' && role !== 'ADMIN' && this.random() < 0.5)
      await this.give(who, 'proposeSettlement', { disputeId: request.disputeId, refundHours: 0.25 });
    else if (action) await this.give(who, action.operation, this.argumentsFor(request, action.event));
  }

  /** The admin adjusts an account, locks or opens one, or has the books checked. */
  private async administer(): Promise<void> {
    const userId = this.pick(this.members)?.id;
    const reason = 'Chaos';
    const kind = this.random();
    if (kind < 0.5)
      await this.give(this.admin, 'adjustBalance', {
        adjustmentId: randomUUID(),
        userId,
        hours: this.random() < 0.5 ? 0.25 : -0.25,
        reason,
      });
    else if (kind < 0.9)
      await this.give(this.admin, 'setAccountLock', { userId, locked: this.random() < 0.15, reason });
    else this.count(await this.hear(this.admin, CHECK_BOOKS, {}));
  }

  /** Has the books checked and waits for the report; undefined where none comes. */
  async checkBooks(): Promise<BooksChecked | undefined> {
    const { startReconciliation } = await this.admin.run<{ startReconciliation: { reportId: string } }>(
      CHECK_BOOKS,
    );
    for (let tries = 0; tries < 100; tries++) {
      const { getReconciliationReport: report } = await this.admin.run<{
        getReconciliationReport: BooksChecked | null;
      }>(CHECK, { id: startReconciliation.reportId });
      if (report && report.status !== 'RUNNING') return report;
      await delay(200);
    }
    return undefined;
  }

  async submit(
    hours: number,
    requester = this.pick(this.members),
    provider = this.pick(this.members),
  ): Promise<string> {
    const requestId = randomUUID();
    if (requester && provider)
      await this.give(requester, 'submitServiceRequest', {
        requestId,
        serviceId: this.offers.get(provider.id),
        estimatedHours: hours,
        rate: 1,
      });
    return requestId;
  }

  /** Gives a command. Never throws: what a dying stack answers is counted as not known. */
  async give(who: Member, name: string, args: Readonly<Record<string, unknown>>): Promise<Heard> {
    return this.count(await this.hear(who, mutation(name, TYPES[name] ?? {}), args));
  }

  private count(heard: Heard): Heard {
    this.heard[heard] = (this.heard[heard] ?? 0) + 1;
    return heard;
  }

  memberWith(id: string): Member | undefined {
    return this.members.find((member) => member.id === id);
  }

  async requests(): Promise<readonly RequestRecord[]> {
    try {
      return await rowsOf<RequestRecord>(this.gatewayUrl, 'ServiceRequest');
    } catch {
      await delay(500); // the stack is being killed
      return [];
    }
  }

  private async hear(
    who: Member,
    operation: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<Heard> {
    try {
      const { errors } = await who.graphql(operation, args);
      const [error] = errors ?? [];
      if (!error) return 'OK';
      return error.errorType !== undefined && /^[A-Z_]+$/.test(error.errorType)
        ? `refused ${error.errorType}`
        : 'UNKNOWN';
    } catch {
      return 'UNKNOWN';
    }
  }

  private argumentsFor(
    { id, disputeId, amount }: RequestRecord,
    event: RequestEvent,
  ): Record<string, unknown> {
    switch (event) {
      case 'ACCEPT':
      case 'REJECT':
        return { requestId: id, response: event };
      case 'COUNTER_OFFER':
        return { requestId: id, response: event, hours: 0.25 + 0.25 * Math.floor(this.random() * 8) };
      case 'OPEN_DISPUTE':
        return { requestId: id, reason: 'Not as agreed', statement: 'Look at the hedge.' };
      case 'PARTIAL_REFUND':
        return { disputeId, decision: event, refundHours: Math.max(0.25, amount - 0.25) };
      case 'REFUND_TO_REQUESTER':
      case 'PAY_TO_PROVIDER':
      case 'DISMISS_DISPUTE':
        return { disputeId, decision: event };
      case 'SETTLE_REFUND':
      case 'SETTLE_PAY':
      case 'SETTLE_PARTIAL':
        return { disputeId, accept: true };
      default:
        return { requestId: id };
    }
  }

  /** Now and then any request, else one that is under way or has just been paid. */
  private pickOne(requests: readonly RequestRecord[]): RequestRecord | undefined {
    const lively = requests.filter(({ status }) => !isTerminal(status) || status === 'PAID');
    return this.pick(this.random() < 0.1 || lively.length === 0 ? requests : lively);
  }

  private pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  private async untilWelcome(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const accounts = await rowsOf<{ userId: string }>(this.gatewayUrl, 'UserBalance');
      if (this.members.every(({ id }) => accounts.some(({ userId }) => userId === id))) return;
      await delay(200);
    }
    throw new Error('Not everybody was welcomed');
  }
}

async function offerOf(member: Member): Promise<string> {
  const { createService } = await member.run<{ createService: { id: string } }>(
    'mutation Offer($input: CreateServiceInput!) { createService(input: $input) { id } }',
    {
      input: {
        title: 'Help in the garden',
        description: 'Weeding, mowing, planting.',
        category: 'HOME_AND_GARDEN',
        rate: 1,
        place: 'IN_PERSON',
        active: true,
      },
    },
  );
  return createService.id;
}
