import type { Bank } from '../../../dev/bank/bank.ts';
import type { Coverage } from '../coverage.ts';
import type { Model } from '../model.ts';
import { isDeciding, moves } from '../moves.ts';
import type { Action } from '../rules/command.ts';
import type { Deal } from '../rules/deal.ts';
import { ENDED } from '../rules/endings.ts';
import type { Step } from '../step.ts';
import { at } from './at.ts';
import type { BothClocks } from './both-clocks.ts';
import type { Caller } from './caller.ts';
import { chooseDeal } from './choose-move.ts';
import { Mismatch } from './mismatch.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

const CLOCK_MOVE = 'CLOCK TIMEOUT';

interface Racer {
  readonly label: string;
  /** Undefined: the clock. */
  readonly action: Action | undefined;
}

/** Two who may end the same wait, one after the other or at the same moment. */
export class Races {
  private readonly bank: Bank;
  private readonly model: Model;
  private readonly story: Story;
  private readonly caller: Caller;
  private readonly clocks: BothClocks;
  private readonly coverage: Coverage;

  constructor({ bank, model, story }: Stage, caller: Caller, clocks: BothClocks, coverage: Coverage) {
    this.bank = bank;
    this.model = model;
    this.story = story;
    this.caller = caller;
    this.clocks = clocks;
    this.coverage = coverage;
  }

  async play(step: Extract<Step, { kind: 'RACE' }>): Promise<void> {
    const deal = chooseDeal(this.model, step.deal, ({ status, pending }) => !ENDED.has(status) && !pending);
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
    await this.caller.carryAll();
  }

  /** The second one comes while the workflow has not carried the first one out. */
  private async raceInOrder(deal: Deal, first: Racer, second: Racer): Promise<Racer> {
    if (first.action && second.action) {
      this.bank.gate.close('BEFORE');
      await this.caller.give(first.action, `${first.label}, with its workflow held up`);
      await this.caller.give(second.action, `${second.label}, too late`);
      await this.bank.settled();
    } else if (first.action) {
      // The answer stands, and before its workflow is woken the deadline passes
      this.bank.losesWakes = true;
      await this.caller.give(first.action, `${first.label}, whose wake-up is under way`);
      this.bank.losesWakes = false;
      this.clocks.passDeadline(deal);
      await this.bank.settled();
    } else {
      this.bank.gate.close('AFTER');
      this.clocks.passDeadline(deal);
      await this.bank.settled();
      this.model.claimTimeout(deal);
      if (second.action) await this.caller.give(second.action, `${second.label}, too late`);
    }
    return first;
  }

  /** Both at the same moment: either may win, and the other one is refused. */
  private async raceTogether(deal: Deal, first: Racer, second: Racer): Promise<Racer> {
    const racers = [first, second] as const;
    if (!first.action || !second.action) this.clocks.passDeadline(deal);
    this.story.tell(`${first.label} and ${second.label} at the same moment`);
    const replies = await Promise.all(
      racers.map(({ action }) => (action ? this.caller.ask(action) : Promise.resolve(undefined))),
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
}
