import { readRow } from '../../../amplify/functions/shared/dynamo.ts';
import type { WaitRow } from '../../../amplify/functions/shared/wait-writer.ts';
import type { Bank } from '../../../dev/bank/bank.ts';
import type { Model } from '../model.ts';
import type { Deal } from '../rules/deal.ts';
import type { Step } from '../step.ts';
import { at } from './at.ts';
import { chooseDeal } from './choose-move.ts';
import type { LostWakes } from './lost-wakes.ts';
import { Mismatch } from './mismatch.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** What comes once more or late: a token, a step, the sweeper. */
export class LateArrivals {
  private readonly bank: Bank;
  private readonly model: Model;
  private readonly story: Story;
  private readonly lost: LostWakes;
  private readonly tokens = new Map<string, string[]>();
  /** Invocations of sequences before this one. */
  private readonly earlierInvocations: number;

  constructor({ bank, model, story }: Stage, lost: LostWakes) {
    this.bank = bank;
    this.model = model;
    this.story = story;
    this.lost = lost;
    this.earlierInvocations = bank.invocations.length;
  }

  /** Keeps the tokens with which workflows wait now, to send them when they are long spent. */
  async rememberTokens(): Promise<void> {
    await Promise.all(this.model.unfinished.map((deal) => this.rememberToken(deal)));
  }

  async play({ deal: which, what, x }: Extract<Step, { kind: 'LATE' }>): Promise<void> {
    const deal = chooseDeal(this.model, which);
    if (!deal) return;
    switch (what) {
      case 'TOKEN':
        await this.sendToken(deal, x);
        break;
      case 'STEP':
        await this.runStep(deal, x);
        break;
      case 'SWEEP':
        await this.sweep(deal);
    }
  }

  private async rememberToken(deal: Deal): Promise<void> {
    const { dynamo, tables } = this.bank.database;
    const row = (await readRow(dynamo, tables.wait, { id: `${deal.id}#${deal.revision}` })) as
      WaitRow | undefined;
    const known = this.tokens.get(deal.id) ?? [];
    if (row?.token !== undefined && !known.includes(row.token))
      this.tokens.set(deal.id, [...known, row.token]);
  }

  private async sendToken(deal: Deal, x: number): Promise<void> {
    const tokens = this.tokens.get(deal.id) ?? [];
    if (tokens.length === 0) return;
    const index = x % tokens.length;
    this.story.tell(`${this.story.named(deal.id)}: token ${index + 1} of ${tokens.length} is sent again`);
    const isPresent = index === tokens.length - 1;
    await this.bank.wake(at(tokens, index));
    await this.bank.settled();
    if (isPresent && deal.pending) this.lost.carryOn(deal);
  }

  private async runStep(deal: Deal, x: number): Promise<void> {
    const own = this.bank.invocations
      .slice(this.earlierInvocations)
      .filter(({ payload }) => JSON.stringify(payload).includes(deal.id));
    if (own.length === 0) return;
    const { worker, payload } = at(own, x);
    this.story.tell(`${worker} runs again, late: ${this.story.readable(JSON.stringify(payload))}`);
    await this.bank.invoke(worker, payload).catch(() => undefined); // it may say that it is too late, but change nothing
  }

  private async sweep(deal: Deal): Promise<void> {
    const mended = await this.bank.mend(deal.id);
    this.story.tell(`${this.story.named(deal.id)} is swept: ${mended}`);
    await this.bank.settled();
    if (deal.pending) this.lost.carryOn(deal);
    else if (mended !== 'NOTHING' && mended !== 'WOKEN') throw new Mismatch('Nothing was to be mended');
  }
}
