import type { Bank } from '../../../dev/bank/bank.ts';
import type { Model } from '../model.ts';
import { isDeciding } from '../moves.ts';
import type { Action } from '../rules/command.ts';
import type { Deal } from '../rules/deal.ts';
import type { Step } from '../step.ts';
import type { BothClocks } from './both-clocks.ts';
import type { Caller } from './caller.ts';
import { chooseMove } from './choose-move.ts';
import { Mismatch } from './mismatch.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** Steps of ours that fail, and what mends them. */
export class Failures {
  private readonly bank: Bank;
  private readonly model: Model;
  private readonly story: Story;
  private readonly caller: Caller;
  private readonly clocks: BothClocks;

  constructor({ bank, model, story }: Stage, caller: Caller, clocks: BothClocks) {
    this.bank = bank;
    this.model = model;
    this.story = story;
    this.caller = caller;
    this.clocks = clocks;
  }

  async play(step: Extract<Step, { kind: 'FAIL' }>): Promise<void> {
    const found = chooseMove(this.model, step, isDeciding);
    if (!found) return;
    await this.giveFailing(step, found.move.label, found.move.action, found.deal);
  }

  /** Gives a command, and of the steps that carry it out the one after `skip` others fails so many times. */
  async giveFailing(
    { skip, times }: { readonly skip: number; readonly times: number },
    label: string,
    action: Action,
    deal?: Deal,
  ): Promise<void> {
    const from = deal?.status ?? 'NEW';
    this.bank.failing = { skip, times };
    const reply = await this.caller.give(action, `${label}, and step ${skip + 1} fails ${times} times`);
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
    await this.caller.carryAll();
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
      this.story.tell(`${this.story.named(deal.id)} is swept: ${mended}`);
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
      await this.clocks.moveTo(this.model.now + 660, 'a pause between two redrives');
    }
  }
}

/** Whether the state machines catch a failure of that step, or leave it to the sweeper. */
function isCaught(from: string, event: string, skip: number): boolean {
  if (from === 'NEW') return true;
  if (event === 'OPEN_DISPUTE' && skip > 0) return true;
  if (from === 'COMPLETED' || from === 'DISPUTED') return false;
  if (skip === 0) return true;
  return skip === 1 && (event === 'ACCEPT' || (event === 'COUNTER_OFFER' && from === 'AWAITING_RESPONSE'));
}
