import type { Bank } from '../../dev/bank/bank.ts';
import type { Coverage } from './coverage.ts';
import type { Model } from './model.ts';
import { KEEPER, candidates, isDeciding } from './moves.ts';
import { Administration } from './play/administration.ts';
import { at } from './play/at.ts';
import { BothClocks } from './play/both-clocks.ts';
import { Caller } from './play/caller.ts';
import { chooseDeal, chooseMove } from './play/choose-move.ts';
import { Comparison } from './play/comparison.ts';
import { Failures } from './play/failures.ts';
import { LateArrivals } from './play/late-arrivals.ts';
import { LostWakes } from './play/lost-wakes.ts';
import { Mismatch } from './play/mismatch.ts';
import { Races } from './play/races.ts';
import { Stage } from './play/stage.ts';
import { Submissions } from './play/submissions.ts';
import type { ClockTarget, Step } from './step.ts';

/** How far the clock moves where it does not move to a deadline. */
const SECONDS: Readonly<Partial<Record<ClockTarget, number>>> = {
  HOUR: 3600,
  DAY: 86_400,
  WEEK: 7 * 86_400,
  MONTH: 31 * 86_400,
};

/** Plays one sequence on the bank and on the model, and compares them after every step. */
export class Play {
  private readonly stage: Stage;
  private readonly bank: Bank;
  private readonly model: Model;
  private readonly lost: LostWakes;
  private readonly caller: Caller;
  private readonly clocks: BothClocks;
  private readonly failures: Failures;
  private readonly submissions: Submissions;
  private readonly administration: Administration;
  private readonly races: Races;
  private readonly late: LateArrivals;
  private readonly comparison: Comparison;

  private constructor(stage: Stage, coverage: Coverage) {
    this.stage = stage;
    this.bank = stage.bank;
    this.model = stage.model;
    this.lost = new LostWakes(stage.model);
    this.caller = new Caller(stage, this.lost);
    this.clocks = new BothClocks(stage, this.lost);
    this.failures = new Failures(stage, this.caller, this.clocks);
    this.submissions = new Submissions(stage, this.caller, this.failures);
    this.administration = new Administration(stage, this.caller);
    this.races = new Races(stage, this.caller, this.clocks, coverage);
    this.late = new LateArrivals(stage, this.lost);
    this.comparison = new Comparison(stage, coverage);
  }

  /** Throws `Mismatch`, with the story so far, where the bank does not do what the model says. */
  static async run(bank: Bank, coverage: Coverage, steps: readonly Step[]): Promise<void> {
    const stage = new Stage(bank);
    const play = new Play(stage, coverage);
    try {
      await stage.open();
      for (const step of steps) await play.step(step);
      await play.finish();
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      const why = error instanceof Mismatch ? message : (stack ?? message);
      throw new Mismatch(stage.story.endingWith(why));
    }
  }

  private async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'SUBMIT':
        await this.submissions.play(step);
        break;
      case 'MOVE':
        await this.move(step);
        break;
      case 'WILD':
        await this.wild(step);
        break;
      case 'RACE':
        await this.races.play(step);
        break;
      case 'CLOCK':
        await this.moveClock(step);
        break;
      case 'TALK':
        await this.talk(step);
        break;
      case 'ADMIN':
        await this.administration.play(step);
        break;
      case 'OFFER':
        await this.changeOffer(step);
        break;
      case 'LATE':
        await this.late.play(step);
        break;
      case 'FAIL':
        await this.failures.play(step);
    }
    await this.bank.settled();
    await this.late.rememberTokens();
    await this.comparison.compareTouched();
  }

  private async move(step: Extract<Step, { kind: 'MOVE' }>): Promise<void> {
    const found = chooseMove(this.model, step);
    if (!found) return;
    const { deal, move } = found;
    const { action } = move;
    this.bank.runs = step.runs;
    switch (step.how) {
      case 'AGAIN':
        await this.caller.giveInTurn(
          [action, `${move.label}, steps run ${step.runs}`],
          [action, 'and again'],
        );
        break;
      case 'TOGETHER':
        await this.caller.giveTogether(action);
        break;
      case 'STALE_ROUND':
        await this.caller.give(
          { ...action, args: { ...action.args, round: deal.round + 1 } },
          'to a round that is not',
        );
        break;
      case 'WAKE_LOST':
        if (!isDeciding(move) || deal.status === 'NEGOTIATING') {
          await this.caller.give(action, move.label);
          break;
        }
        this.bank.losesWakes = true;
        this.lost.add(deal);
        await this.caller.give(action, `${move.label}, and its wake-up is lost`);
        this.bank.losesWakes = false;
        this.bank.runs = 'ONCE';
        return; // it stays pending
      case 'ONCE':
        await this.caller.give(action, `${move.label}, steps run ${step.runs}`);
    }
    await this.caller.carryAll();
    this.bank.runs = 'ONCE';
  }

  private async wild({ deal: which, who, op, x }: Extract<Step, { kind: 'WILD' }>): Promise<void> {
    const deal = chooseDeal(this.model, which);
    if (!deal) return;
    const all = candidates(this.model, deal, x);
    const { action } = at(all, op * 7 + x);
    const callers = [action.by, deal.requester, deal.provider, ...this.stage.members, KEEPER, 'nobody'];
    await this.caller.give({ ...action, by: at(callers, who) }, 'whatever comes');
    await this.caller.carryAll();
  }

  /** Messages and reviews, also about what has ended. */
  private async talk({ deal: which, who, x }: Extract<Step, { kind: 'TALK' }>): Promise<void> {
    const deal = chooseDeal(this.model, which);
    if (!deal) return;
    const words = candidates(this.model, deal, x).filter(({ label }) => /WRITE|REVIEW/.test(label));
    const { label, action } = at(words, who);
    if (x % 4 === 0) await this.caller.giveTogether(action);
    else await this.caller.give(action, label);
    if (x % 4 === 1) await this.caller.give(action, 'and again');
  }

  private async moveClock({ deal: which, to }: Extract<Step, { kind: 'CLOCK' }>): Promise<void> {
    const deal = chooseDeal(this.model, which);
    const seconds = SECONDS[to];
    const deadline = deal?.timer ?? this.model.now;
    const offset = to === 'JUST_BEFORE' ? -1 : to === 'JUST_AFTER' ? 1 : 0;
    await this.clocks.moveTo(seconds === undefined ? deadline + offset : this.model.now + seconds, to);
  }

  private async changeOffer({ offer, change }: Extract<Step, { kind: 'OFFER' }>): Promise<void> {
    const wanted = at(this.stage.offers, offer);
    await this.stage.setOffer(
      wanted,
      change === 'RATE' ? { rate: (wanted.rate % 2) + 0.5 } : { active: change === 'OPEN' },
    );
  }

  /** Everything, and then the clocks alone: they bring every request to an end. */
  private async finish(): Promise<void> {
    await this.comparison.compareEverything();
    this.stage.story.tell('Nobody acts any more');
    for (
      let turn = 0;
      turn < 4 && (this.model.unfinished.length > 0 || (await this.bank.running()).length > 0);
      turn++
    )
      await this.clocks.moveTo(this.model.now + 31 * 86_400, 'the clocks alone');
    await this.comparison.compareEverything();
    await this.comparison.compareUnfinished();
  }
}
