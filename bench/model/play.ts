import { randomUUID } from 'node:crypto';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { readRow } from '../../amplify/functions/shared/dynamo.ts';
import type { WaitRow } from '../../amplify/functions/shared/wait-writer.ts';
import { totalsBreaches } from '../../dev/totals.ts';
import type { Bank, Reply as Answer } from '../../dev/bank/bank.ts';
import type { OperationName } from '../../dev/bank/operations.ts';
import type { DisputeRecord } from '../../domain/dispute.ts';
import type { Account as AccountRow, Escrow } from '../../domain/ledger.ts';
import type { RequestRecord, RequestStepRecord } from '../../domain/request.ts';
import type { ReviewRecord } from '../../domain/review.ts';
import { compareAccount, compareDispute, compareEscrow, compareRequest } from './compare.ts';
import type { Coverage } from './coverage.ts';
import { ENDED, Model, type Action, type Deal, type Offer, type Reply } from './model.ts';
import { KEEPER, candidates, isDeciding, moves, type Move } from './moves.ts';
import type { Step, ClockTarget } from './step.ts';

/** Members, each with one offer; the last one is an admin as well, who must not decide about themselves. */
const MEMBERS = ['ann', 'bob', 'cem', 'dot'] as const;
/** Index of what came last. */
const NEWEST = -1;
/** Hours that each provider takes to respond. */
const RESPONSE_HOURS = [48, 24, 1, 336];
const RATES = [1, 1.5, 0.5, 2];

/** Seconds. */
const LONGEST_JUMP = 86_400;

const CLOCK_MOVE = 'CLOCK TIMEOUT';

/** What an answer that has no move to go with it may be given with. */
const SECONDS: Readonly<Partial<Record<ClockTarget, number>>> = {
  HOUR: 3600,
  DAY: 86_400,
  WEEK: 7 * 86_400,
  MONTH: 31 * 86_400,
};

/** The real thing and the model part. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

/** Plays one sequence on the bank and on the model, and compares them after every step. */
export class Play {
  /** What was done, for a reader. */
  readonly trace: string[] = [];
  private readonly bank: Bank;
  private readonly coverage: Coverage;
  private readonly model: Model;
  private readonly tokens = new Map<string, string[]>();
  private readonly names = new Map<string, string>();
  private readonly members: string[] = [];
  private submissions = 0;
  private readonly checkedInvocations: number;

  private constructor(bank: Bank, coverage: Coverage) {
    this.bank = bank;
    this.coverage = coverage;
    this.model = new Model(bank.clock.now() / 1000);
    this.checkedInvocations = bank.invocations.length;
  }

  /** Throws `Mismatch`, with the story so far, where the bank does not do what the model says. */
  static async run(bank: Bank, coverage: Coverage, steps: readonly Step[]): Promise<Play> {
    const play = new Play(bank, coverage);
    try {
      await play.open();
      for (const step of steps) await play.step(step);
      await play.finish();
      return play;
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      const why = error instanceof Mismatch ? message : (stack ?? message);
      throw new Mismatch([...play.trace.map((line, index) => `${index + 1}. ${line}`), why].join('\n'));
    }
  }

  private async open(): Promise<void> {
    this.members.push(...MEMBERS.map((name) => this.newId(name)));
    for (const [index, id] of this.members.entries()) {
      this.model.join(id, RESPONSE_HOURS[index]);
      const offer = { id: this.newId(`offer ${index}`), provider: id, rate: RATES[index] ?? 1, active: true };
      this.model.offers.set(offer.id, offer);
    }
    for (const admin of [at(this.members, NEWEST), KEEPER]) this.model.admins.add(admin);
    const { edges, now } = this.bank;
    await Promise.all(
      this.members.map(async (id, index) => {
        await edges.ledger.welcome({ id, displayName: at(MEMBERS, index) }, { now });
        await this.setResponseHours(id, at(RESPONSE_HOURS, index));
      }),
    );
    await Promise.all([...this.model.offers.values()].map((offer) => this.putOffer(offer)));
  }

  /** New in each sequence: DynamoDB remembers for ten minutes what it was asked, also of rows that are gone. */
  private newId(name: string): string {
    const id = randomUUID();
    this.names.set(id, name);
    return id;
  }

  private async setResponseHours(id: string, hours: number): Promise<void> {
    const { dynamo, tables } = this.bank.database;
    await dynamo.send(
      new UpdateCommand({
        TableName: tables.user,
        Key: { id },
        UpdateExpression: 'SET responseTimeHours = :hours',
        ExpressionAttributeValues: { ':hours': hours },
      }),
    );
  }

  private async putOffer({ id, provider, rate, active }: Offer): Promise<void> {
    const { dynamo, tables } = this.bank.database;
    const Item = { id, providerId: provider, title: 'Guitar lessons', rate, active };
    await dynamo.send(new PutCommand({ TableName: tables.service, Item }));
  }

  private async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'SUBMIT':
        await this.submit(step);
        break;
      case 'MOVE':
        await this.move(step);
        break;
      case 'WILD':
        await this.wild(step);
        break;
      case 'RACE':
        await this.race(step);
        break;
      case 'CLOCK':
        await this.moveClock(step);
        break;
      case 'TALK':
        await this.talk(step);
        break;
      case 'ADMIN':
        await this.administer(step);
        break;
      case 'OFFER':
        await this.changeOffer(step);
        break;
      case 'LATE':
        await this.late(step);
        break;
      case 'FAIL':
        await this.fail(step);
    }
    await this.bank.settled();
    await this.compareTouched();
  }

  // Submitting

  private async submit({ by, offer, quarters, how }: Extract<Step, { kind: 'SUBMIT' }>): Promise<void> {
    const member = at(this.members, by);
    const wanted = at([...this.model.offers.values()], offer);
    const action = this.submission(member, wanted, quarters / 4);
    switch (how) {
      case 'AGAIN':
        await this.give(action, 'once');
        await this.carryAll();
        await this.give(action, 'and again');
        break;
      case 'TOGETHER':
        await this.giveTogether(action);
        break;
      case 'OTHER_BODY':
        await this.give(action, 'once');
        await this.carryAll();
        await this.give(
          { ...action, args: { ...action.args, estimatedHours: quarters / 4 + 0.25 } },
          'otherwise',
        );
        break;
      case 'STALE_RATE':
        await this.give({ ...action, args: { ...action.args, rate: wanted.rate + 0.25 } }, 'as shown before');
        break;
      case 'THREE':
        await this.submitThree(member, wanted, quarters / 4);
        break;
      case 'OFFER_CLOSED':
        this.bank.gate.close('BEFORE');
        await this.give(action, 'while its offer is still open');
        await this.bank.settled();
        await this.setOffer(wanted, { active: false });
        this.bank.gate.open();
        break;
      case 'FAIL':
        await this.failing({ skip: quarters % 3, times: 1 }, 'SUBMIT', action);
        break;
      case 'ONCE':
        await this.give(action, 'once');
    }
    await this.carryAll();
  }

  private submission(by: string, offer: Offer, hours: number): Action {
    const requestId = this.newId(`request ${(this.submissions += 1)}`);
    return {
      op: 'submitServiceRequest',
      by,
      args: { requestId, serviceId: offer.id, estimatedHours: hours, rate: offer.rate },
    };
  }

  /** Three at once that are looked at one by one, so that the hours may be gone when the last one is. */
  private async submitThree(by: string, offer: Offer, hours: number): Promise<void> {
    const actions = [1, 2, 3].map(() => this.submission(by, offer, hours));
    this.bank.gate.close('BEFORE');
    for (const action of actions) await this.give(action, 'with its workflow held up');
    await this.bank.settled();
    this.bank.gate.open();
    await this.bank.settled();
    const raced = actions.flatMap(({ args }) => this.model.deals.get(String(args['requestId'])) ?? []);
    for (const deal of raced) {
      const row = await this.requestRow(deal.id);
      this.model.carryOn(deal, row?.status !== 'REJECTED');
    }
    const account = this.model.accounts.get(by);
    for (const { status, amount } of raced)
      if (status === 'REJECTED' && account && account.available >= amount)
        throw new Mismatch(
          `A request for ${amount} hours was refused although ${account.available} are left`,
        );
  }

  // Moving

  private async move(step: Extract<Step, { kind: 'MOVE' }>): Promise<void> {
    const found = this.choose(step);
    if (!found) return;
    const { deal, move } = found;
    const { action } = move;
    this.bank.runs = step.runs;
    switch (step.how) {
      case 'AGAIN':
        await this.give(action, `${move.label}, steps run ${step.runs}`);
        await this.carryAll();
        await this.give(action, 'and again');
        break;
      case 'TOGETHER':
        await this.giveTogether(action);
        break;
      case 'STALE_ROUND':
        await this.give(
          { ...action, args: { ...action.args, round: deal.round + 1 } },
          'to a round that is not',
        );
        break;
      case 'WAKE_LOST':
        if (!isDeciding(move) || deal.status === 'NEGOTIATING') {
          await this.give(action, move.label);
          break;
        }
        this.bank.losesWakes = true;
        this.lost.add(deal.id);
        await this.give(action, `${move.label}, and its wake-up is lost`);
        this.bank.losesWakes = false;
        this.bank.runs = 'ONCE';
        return; // it stays pending
      case 'ONCE':
        await this.give(action, `${move.label}, steps run ${step.runs}`);
    }
    await this.carryAll();
    this.bank.runs = 'ONCE';
  }

  private async wild({ deal: which, who, op, x }: Extract<Step, { kind: 'WILD' }>): Promise<void> {
    const deal = this.deal(which);
    if (!deal) return;
    const all = candidates(this.model, deal, x);
    const { action } = at(all, op * 7 + x);
    const callers = [action.by, deal.requester, deal.provider, ...this.members, KEEPER, 'nobody'];
    await this.give({ ...action, by: at(callers, who) }, 'whatever comes');
    await this.carryAll();
  }

  /** Messages and reviews, also about what has ended. */
  private async talk({ deal: which, who, x }: Extract<Step, { kind: 'TALK' }>): Promise<void> {
    const deal = this.deal(which);
    if (!deal) return;
    const words = candidates(this.model, deal, x).filter(({ label }) => /WRITE|REVIEW/.test(label));
    const { label, action } = at(words, who);
    if (x % 4 === 0) await this.giveTogether(action);
    else await this.give(action, label);
    if (x % 4 === 1) await this.give(action, 'and again');
  }

  private async administer(step: Extract<Step, { kind: 'ADMIN' }>): Promise<void> {
    const action = this.administration(step);
    switch (step.how) {
      case 'AGAIN':
        await this.give(action, 'once');
        await this.carryAll();
        await this.give(action, 'and again');
        break;
      case 'TOGETHER':
        await this.giveTogether(action);
        break;
      case 'OTHER_BODY':
        await this.give(action, 'once');
        await this.carryAll();
        await this.give({ ...action, args: { ...action.args, reason: 'Another one' } }, 'otherwise');
        break;
      case 'ONCE':
        await this.give(action, 'once');
    }
    await this.carryAll();
  }

  private administration({ who, member, what, quarters }: Extract<Step, { kind: 'ADMIN' }>): Action {
    const by = at([KEEPER, KEEPER, KEEPER, ...this.members], who);
    const about = { userId: at(this.members, member), reason: 'As agreed' };
    if (what !== 'ADJUST') return { op: 'setAccountLock', by, args: { ...about, locked: what === 'LOCK' } };
    return {
      op: 'adjustBalance',
      by,
      args: {
        ...about,
        adjustmentId: this.newId('adjustment'),
        hours: quarters / 4,
        allowBelowZero: quarters % 3 === 0,
      },
    };
  }

  private async race(step: Extract<Step, { kind: 'RACE' }>): Promise<void> {
    const deal = this.deal(step.deal, ({ status, pending }) => !ENDED.has(status) && !pending);
    if (deal?.deadline === undefined) return;
    const inTime = { label: CLOCK_MOVE, action: undefined };
    const able = [...moves(this.model, deal, step.x).filter(isDeciding), inTime];
    const roleOf = ({ label }: { label: string }) => label.slice(0, label.indexOf(' '));
    const [one, two] = step.want ?? [];
    const first = one === undefined ? at(able, step.pick) : able.find(({ label }) => label === one);
    const rivals = able.filter((move) => first && roleOf(move) !== roleOf(first));
    const second = two === undefined ? at(rivals, step.other) : rivals.find(({ label }) => label === two);
    if (!first || !second) {
      if (step.want) throw new Mismatch(`${step.want.join(' and ')} cannot race in ${deal.status}`);
      return;
    }
    const { status } = deal;
    const winner =
      step.how === 'IN_ORDER'
        ? await this.raceInOrder(deal, first, second)
        : await this.raceTogether(deal, first, second);
    const loser = winner === first ? second : first;
    this.coverage.addRace(status, winner.label, loser.label);
    this.bank.gate.open();
    await this.carryAll();
  }

  /** The second one comes while the workflow has not carried the first one out. */
  private async raceInOrder(deal: Deal, first: Racer, second: Racer): Promise<Racer> {
    if (first.action && second.action) {
      this.bank.gate.close('BEFORE');
      await this.give(first.action, `${first.label}, with its workflow held up`);
      await this.give(second.action, `${second.label}, too late`);
      await this.bank.settled();
    } else if (first.action) {
      // The answer stands, and before its workflow is woken the deadline passes
      this.bank.losesWakes = true;
      await this.give(first.action, `${first.label}, whose wake-up is under way`);
      this.bank.losesWakes = false;
      this.passDeadline(deal);
      await this.bank.settled();
    } else {
      this.bank.gate.close('AFTER');
      this.passDeadline(deal);
      await this.bank.settled();
      this.model.claimTimeout(deal);
      if (second.action) await this.give(second.action, `${second.label}, too late`);
    }
    return first;
  }

  /** Both at the same moment: either may win, and the other one is refused. */
  private async raceTogether(deal: Deal, first: Racer, second: Racer): Promise<Racer> {
    const racers = [first, second] as const;
    if (!first.action || !second.action) this.passDeadline(deal);
    this.trace.push(`${first.label} and ${second.label} at the same moment`);
    const replies = await Promise.all(
      racers.map(({ action }) => (action ? this.ask(action) : Promise.resolve(undefined))),
    );
    const accepted = racers.filter((_, index) => replies[index] === 'OK');
    if (accepted.length > 1) throw new Mismatch('Both were accepted');
    const [winner = racers.find(({ action }) => !action)] = accepted;
    if (!winner) throw new Mismatch(`Neither was accepted: ${replies.join(', ')}`);
    if (winner.action) this.model.give(winner.action);
    else this.model.claimTimeout(deal);
    const loser = winner === first ? second : first;
    const reply = replies[racers.indexOf(loser)];
    const pending = loser.action && this.model.predict(loser.action);
    this.model.carryOn(deal);
    const done = loser.action && this.model.predict(loser.action);
    if (reply !== pending && reply !== done)
      throw new Mismatch(
        `${loser.label} was answered ${reply ?? 'not at all'}, the model says ${pending ?? ''} or ${done ?? ''}`,
      );
    return winner;
  }

  /** The clock shows the deadline; who waits for it wakes when the event loop comes to it. */
  private passDeadline(deal: Deal): void {
    const time = Math.max(deal.timer ?? 0, deal.deadline ?? 0, this.model.now);
    this.trace.push(`${this.named(deal.id)}: its deadline passes`);
    this.bank.clock.moveTo(time * 1000);
    const { timer } = deal;
    deal.timer = undefined; // this one is raced for; all the others are not
    this.model.moveTo(time);
    deal.timer = timer;
    this.forgetFound();
  }

  // Time, offers, what comes late

  private async moveClock({ deal: which, to }: Extract<Step, { kind: 'CLOCK' }>): Promise<void> {
    const deal = this.deal(which);
    const seconds = SECONDS[to];
    const deadline = deal?.timer ?? this.model.now;
    const offset = to === 'JUST_BEFORE' ? -1 : to === 'JUST_AFTER' ? 1 : 0;
    await this.moveTo(seconds === undefined ? deadline + offset : this.model.now + seconds, to);
  }

  private async moveTo(time: number, why: string): Promise<void> {
    if (time < this.model.now) return;
    this.trace.push(`The clock moves by ${time - this.model.now} s (${why})`);
    while (this.model.now < time) {
      // No further at once than a workflow has to be awake for: a machine that sleeps a month has timed out by then
      const next = Math.min(time, this.model.now + LONGEST_JUMP);
      this.bank.clock.moveTo(next * 1000);
      await this.bank.settled();
      this.model.moveTo(next);
    }
    this.forgetFound();
  }

  private async changeOffer({ offer, change }: Extract<Step, { kind: 'OFFER' }>): Promise<void> {
    const wanted = at([...this.model.offers.values()], offer);
    await this.setOffer(
      wanted,
      change === 'RATE' ? { rate: (wanted.rate % 2) + 0.5 } : { active: change === 'OPEN' },
    );
  }

  private async setOffer(offer: Offer, change: Partial<Pick<Offer, 'rate' | 'active'>>): Promise<void> {
    this.trace.push(`${offer.id} is now ${JSON.stringify(change)}`);
    Object.assign(offer, change);
    await this.putOffer(offer);
  }

  private async late({ deal: which, what, x }: Extract<Step, { kind: 'LATE' }>): Promise<void> {
    const deal = this.deal(which);
    if (!deal) return;
    switch (what) {
      case 'TOKEN': {
        const tokens = this.tokens.get(deal.id) ?? [];
        if (tokens.length === 0) return;
        const index = x % tokens.length;
        this.trace.push(`${this.named(deal.id)}: token ${index + 1} of ${tokens.length} is sent again`);
        const isPresent = index === tokens.length - 1;
        await this.bank.wake(at(tokens, index));
        await this.bank.settled();
        if (isPresent && deal.pending) this.carryLost(deal);
        break;
      }
      case 'STEP': {
        const own = this.bank.invocations
          .slice(this.checkedInvocations)
          .filter(({ payload }) => JSON.stringify(payload).includes(deal.id));
        if (own.length === 0) return;
        const { worker, payload } = at(own, x);
        this.trace.push(`${worker} runs again, late: ${this.readable(JSON.stringify(payload))}`);
        await this.bank.invoke(worker, payload).catch(() => undefined); // it may say that it is too late, but change nothing
        break;
      }
      case 'SWEEP': {
        const mended = await this.bank.mend(deal.id);
        this.trace.push(`${this.named(deal.id)} is swept: ${mended}`);
        await this.bank.settled();
        if (deal.pending) this.carryLost(deal);
        else if (mended !== 'NOTHING' && mended !== 'WOKEN') throw new Mismatch('Nothing was to be mended');
      }
    }
  }

  // Failures of ours

  private async fail(step: Extract<Step, { kind: 'FAIL' }>): Promise<void> {
    const found = this.choose(step, isDeciding);
    if (!found) return;
    await this.failing(step, found.move.label, found.move.action, found.deal);
  }

  private async failing(
    { skip, times }: { readonly skip: number; readonly times: number },
    label: string,
    action: Action,
    deal?: Deal,
  ): Promise<void> {
    const from = deal?.status ?? 'NEW';
    this.bank.failing = { skip, times };
    const reply = await this.give(action, `${label}, and step ${skip + 1} fails ${times} times`);
    await this.bank.settled();
    const about = deal ?? this.model.deals.get(String(action.args['requestId']));
    if (reply !== 'OK' || !about) {
      this.bank.failing = { skip: 0, times: 0 };
      return;
    }
    const unused = this.bank.failing.times === times;
    const caught = !unused && isCaught(from, label.slice(label.indexOf(' ') + 1), skip);
    if (caught) {
      this.advanceTo(about, from, label.slice(label.indexOf(' ') + 1), skip);
      this.bank.failing = { skip: 0, times: 0 };
      this.model.fail(about);
      return;
    }
    if (!unused) await this.mendUntilItGoes(about, times);
    this.bank.failing = { skip: 0, times: 0 };
    await this.carryAll();
  }

  /** The statuses that a request had passed before the step that failed. */
  private advanceTo(deal: Deal, from: string, event: string, skip: number): void {
    if (from === 'NEW') {
      if (skip === 1) deal.revision += 1; // VALIDATING
      if (skip === 2) {
        this.model.carryOn(deal);
        deal.revision -= 1; // ESCROWED, and not yet AWAITING_RESPONSE
      }
    }
    if (event === 'ACCEPT' && skip === 1) {
      this.model.carryOn(deal);
      deal.revision -= 1; // ACCEPTED, and not yet IN_PROGRESS
      if (deal.status !== 'IN_PROGRESS') throw new Mismatch('The model says that the hours are gone');
    }
    if (event === 'OPEN_DISPUTE' && skip > 1) this.model.carryOn(deal);
  }

  /** The sweeper takes a failed execution up again three times; then it compensates, or leaves it to an operator. */
  private async mendUntilItGoes(deal: Deal, times: number): Promise<void> {
    for (let attempt = 1; attempt <= 4; attempt++) {
      const mended = await this.bank.mend(deal.id);
      this.trace.push(`${this.named(deal.id)} is swept: ${mended}`);
      await this.bank.settled();
      if (mended === 'PARKED') {
        this.bank.failing = { skip: 0, times: 0 };
        await this.bank.redrive(deal.id);
        await this.bank.settled();
        return;
      }
      if (mended === 'COMPENSATED') {
        if (times < 4) throw new Mismatch('Compensated too early');
        this.model.fail(deal);
        return;
      }
      if (mended !== 'REDRIVEN') throw new Mismatch(`A failed execution was swept: ${mended}`);
      if (attempt >= times) return;
      await this.moveTo(this.model.now + 660, 'a pause between two redrives');
    }
  }

  // Giving commands

  private async give(action: Action, how: string): Promise<Reply> {
    const expected = this.model.give(action);
    const reply = await this.ask(action);
    this.trace.push(`${this.readable(describe(action))}: ${reply} (${how})`);
    if (reply !== expected) throw new Mismatch(`It was answered ${reply}, the model says ${expected}`);
    return reply;
  }

  /** The same command twice at the same moment. */
  private async giveTogether(action: Action): Promise<void> {
    const replies = await Promise.all([this.ask(action), this.ask(action)]);
    this.trace.push(`${this.readable(describe(action))}, twice at the same moment: ${replies.join(' and ')}`);
    const first = this.model.give(action);
    const pending = this.model.predict(action);
    if (first === 'OK') await this.carryAll();
    const done = this.model.predict(action);
    const [won, lost] = [...replies].sort((a, b) => Number(b === 'OK') - Number(a === 'OK'));
    if (won !== first || (lost !== pending && lost !== done))
      throw new Mismatch(`The model says ${first}, then ${pending} or ${done}`);
    // One that may be given twice; but with one and the same body both are one transaction
    if (lost === 'OK' && first === 'OK' && !(await this.wasOne(action))) this.model.give(action);
  }

  private async wasOne({ op, args }: Action): Promise<boolean> {
    if (op !== 'proposeSettlement') return false;
    const { dynamo, tables } = this.bank.database;
    const row = await readRow(dynamo, tables.dispute, { id: String(args['disputeId']) });
    return row?.['proposals'] === this.model.proposalsOf(String(args['disputeId']));
  }

  private async ask({ op, by, args }: Action): Promise<Reply> {
    const groups = this.model.admins.has(by) ? ['admin'] : [];
    const answer: Answer = await this.bank.operate(op as OperationName, args, by, groups);
    return 'refusal' in answer ? answer.refusal : 'OK';
  }

  /** The workflows carry on what is pending; so does the model. */
  private async carryAll(): Promise<void> {
    await this.bank.settled();
    for (const deal of this.model.deals.values())
      if (deal.status === 'INITIATED' || (deal.pending && !this.isLost(deal))) this.model.carryOn(deal);
  }

  /** Deals whose wake-up was lost stay as they are. */
  private readonly lost = new Set<string>();

  private isLost(deal: Deal): boolean {
    return this.lost.has(deal.id);
  }

  private carryLost(deal: Deal): void {
    this.model.carryOn(deal);
    this.forgetFound();
  }

  private forgetFound(): void {
    for (const id of this.lost) if (!this.model.deals.get(id)?.pending) this.lost.delete(id);
  }

  // Choosing

  private deal(which: number, isWanted: (deal: Deal) => boolean = () => true): Deal | undefined {
    const wanted = [...this.model.deals.values()].filter(isWanted);
    return wanted.length === 0 ? undefined : at(wanted, which);
  }

  private choose(
    { deal: which, pick, want, x }: { deal: number; pick: number; want?: string; x: number },
    isWanted: (move: Move) => boolean = () => true,
  ): { deal: Deal; move: Move } | undefined {
    const deal = this.deal(which, ({ status }) => !ENDED.has(status));
    const able = deal ? moves(this.model, deal, x).filter(isWanted) : [];
    const move = want === undefined ? able[pick % able.length] : able.find(({ label }) => label === want);
    if (deal && move) return { deal, move };
    if (want !== undefined) throw new Mismatch(`Nobody may ${want} now`);
    return undefined;
  }

  // Comparing

  private async compareTouched(): Promise<void> {
    await Promise.all(this.unfinished.map((deal) => this.rememberToken(deal)));
    const rows = await this.allRows();
    this.report([
      ...[...this.model.deals.values()].flatMap((deal) => compareRequest(rows.requests.get(deal.id), deal)),
      ...[...this.model.accounts].flatMap(([member, account]) =>
        compareAccount(rows.accounts.get(member), member, account),
      ),
    ]);
  }

  private async rememberToken(deal: Deal): Promise<void> {
    const { dynamo, tables } = this.bank.database;
    const row = (await readRow(dynamo, tables.wait, { id: `${deal.id}#${deal.revision}` })) as
      WaitRow | undefined;
    const known = this.tokens.get(deal.id) ?? [];
    if (row?.token !== undefined && !known.includes(row.token))
      this.tokens.set(deal.id, [...known, row.token]);
  }

  private async requestRow(id: string): Promise<RequestRecord | undefined> {
    return this.bank.edges.requests.request(id);
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

  /** Everything, and then the clocks alone: they bring every request to an end. */
  private async finish(): Promise<void> {
    await this.compareEverything();
    this.trace.push('Nobody acts any more');
    for (
      let turn = 0;
      turn < 4 && (this.unfinished.length > 0 || (await this.bank.running()).length > 0);
      turn++
    )
      await this.moveTo(this.model.now + 31 * 86_400, 'the clocks alone');
    await this.compareEverything();
    this.report(this.unfinished.map(({ id, status }) => `${this.named(id)} is ${status} for ever`));
    this.report((await this.bank.running()).map((arn) => `${arn} still runs`));
  }

  private get unfinished(): readonly Deal[] {
    return [...this.model.deals.values()].filter(({ status }) => !ENDED.has(status));
  }

  private async compareEverything(): Promise<void> {
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
    const deals = [...this.model.deals.values()];
    this.report([
      ...breaches,
      ...totals,
      ...(messages.length === this.model.messages.size
        ? []
        : [`There are ${messages.length} messages, not ${this.model.messages.size}`]),
      ...deals.flatMap((deal) => {
        const read = reviews.filter(({ requestId }) => requestId === deal.id).length;
        const wanted = this.model.isPublished(deal) ? Object.keys(deal.reviews).length : 0;
        return read === wanted ? [] : [`${this.named(deal.id)} has ${read} published reviews, not ${wanted}`];
      }),
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
      ...[...this.model.accounts].flatMap(([member, account]) =>
        compareAccount(rows.accounts.get(member), member, account),
      ),
      ...(rows.requests.size === deals.length
        ? []
        : [`There are ${rows.requests.size} requests, not ${deals.length}`]),
    ]);
    for (const deal of deals) {
      const timeline = steps
        .filter(({ requestId }) => requestId === deal.id)
        .sort((a, b) => a.revision - b.revision);
      this.report(
        timeline.length === deal.revision
          ? []
          : [`${this.named(deal.id)} has ${timeline.length} steps, not ${deal.revision}`],
      );
      this.coverage.addTimeline(timeline);
    }
  }

  private report(breaches: readonly string[]): void {
    if (breaches.length > 0) throw new Mismatch(this.readable(breaches.join('\n')));
  }

  private named(id: string): string {
    return this.names.get(id) ?? id;
  }

  private readable(text: string): string {
    return [...this.names].reduce((line, [id, name]) => line.replaceAll(id, name), text);
  }
}

interface Racer {
  readonly label: string;
  readonly action: Action | undefined;
}

const describe = ({ op, by, args }: Action) => `${by} ${op} ${JSON.stringify(args)}`;

/** Whether the state machines catch a failure of that step, or leave it to the sweeper. */
function isCaught(from: string, event: string, skip: number): boolean {
  if (from === 'NEW') return true;
  if (event === 'OPEN_DISPUTE' && skip > 0) return true;
  if (from === 'COMPLETED' || from === 'DISPUTED') return false;
  if (skip === 0) return true;
  return skip === 1 && (event === 'ACCEPT' || (event === 'COUNTER_OFFER' && from === 'AWAITING_RESPONSE'));
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = index < 0 ? items.at(index) : items[index % items.length];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
}
