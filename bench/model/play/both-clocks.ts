import type { Bank } from '../../../dev/bank/bank.ts';
import type { Model } from '../model.ts';
import type { Deal } from '../rules/deal.ts';
import type { LostWakes } from './lost-wakes.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** Seconds. */
const LONGEST_JUMP = 86_400;

/** The clocks of the bank and of the model, moved together. */
export class BothClocks {
  private readonly bank: Bank;
  private readonly model: Model;
  private readonly story: Story;
  private readonly lost: LostWakes;

  constructor({ bank, model, story }: Stage, lost: LostWakes) {
    this.bank = bank;
    this.model = model;
    this.story = story;
    this.lost = lost;
  }

  /** `time` in epoch seconds; the clocks never go back. */
  async moveTo(time: number, why: string): Promise<void> {
    if (time < this.model.now) return;
    this.story.tell(`The clock moves by ${time - this.model.now} s (${why})`);
    while (this.model.now < time) {
      // No further at once than a workflow has to be awake for: a machine that sleeps a month has timed out by then
      const next = Math.min(time, this.model.now + LONGEST_JUMP);
      this.bank.clock.moveTo(next * 1000);
      await this.bank.settled();
      this.model.moveTo(next);
    }
    this.lost.forgetFound();
  }

  /** The clock shows the deadline; who waits for it wakes when the event loop comes to it. */
  passDeadline(deal: Deal): void {
    const time = Math.max(deal.timer ?? 0, deal.deadline ?? 0, this.model.now);
    this.story.tell(`${this.story.named(deal.id)}: its deadline passes`);
    this.bank.clock.moveTo(time * 1000);
    const { timer } = deal;
    deal.timer = undefined; // this one is raced for; all the others are not
    this.model.moveTo(time);
    deal.timer = timer;
    this.lost.forgetFound();
  }
}
