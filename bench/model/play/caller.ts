import { readRow } from '../../../amplify/functions/shared/dynamo.ts';
import type { Bank, Reply as Answer } from '../../../dev/bank/bank.ts';
import type { OperationName } from '../../../dev/bank/operations.ts';
import type { Model } from '../model.ts';
import type { Action, Reply } from '../rules/command.ts';
import type { LostWakes } from './lost-wakes.ts';
import { Mismatch } from './mismatch.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** A command, and in words how it is given. */
type Spoken = readonly [action: Action, how: string];

/** Gives commands to the bank and to the model. Throws `Mismatch` where they answer differently. */
export class Caller {
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

  async give(action: Action, how: string): Promise<Reply> {
    const expected = this.model.give(action);
    const reply = await this.ask(action);
    this.story.tell(`${this.describe(action)}: ${reply} (${how})`);
    if (reply !== expected) throw new Mismatch(`It was answered ${reply}, the model says ${expected}`);
    return reply;
  }

  /** A command, and another one (or the same again) when the workflows have carried out the first. */
  async giveInTurn([first, how]: Spoken, [second, then]: Spoken): Promise<void> {
    await this.give(first, how);
    await this.carryAll();
    await this.give(second, then);
  }

  /** The same command twice at the same moment. */
  async giveTogether(action: Action): Promise<void> {
    const replies = await Promise.all([this.ask(action), this.ask(action)]);
    this.story.tell(`${this.describe(action)}, twice at the same moment: ${replies.join(' and ')}`);
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

  /** Asks the bank alone. */
  async ask({ op, by, args }: Action): Promise<Reply> {
    const groups = this.model.admins.has(by) ? ['admin'] : [];
    const answer: Answer = await this.bank.operate(op as OperationName, args, by, groups);
    return 'refusal' in answer ? answer.refusal : 'OK';
  }

  /** The workflows carry on what is pending; so does the model. */
  async carryAll(): Promise<void> {
    await this.bank.settled();
    for (const deal of this.model.deals.values())
      if (deal.status === 'INITIATED' || (deal.pending && !this.lost.has(deal))) this.model.carryOn(deal);
  }

  private async wasOne({ op, args }: Action): Promise<boolean> {
    if (op !== 'proposeSettlement') return false;
    const { dynamo, tables } = this.bank.database;
    const row = await readRow(dynamo, tables.dispute, { id: String(args['disputeId']) });
    const [, { proposals }] = this.model.disputeFor(args['disputeId']);
    return row?.['proposals'] === proposals;
  }

  private describe({ op, by, args }: Action): string {
    return this.story.readable(`${by} ${op} ${JSON.stringify(args)}`);
  }
}
