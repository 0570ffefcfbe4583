import { ACCOUNT_COMMANDS } from './rules/account-commands.ts';
import type { Action, Command, Effect, Reply } from './rules/command.ts';
import type { Deal } from './rules/deal.ts';
import { DISPUTE_COMMANDS } from './rules/dispute-commands.ts';
import { Refused } from './rules/refuse.ts';
import { REQUEST_COMMANDS } from './rules/request-commands.ts';
import { WORD_COMMANDS } from './rules/word-commands.ts';
import { Workflow } from './rules/workflow.ts';
import { World } from './rules/world.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  ...REQUEST_COMMANDS,
  ...DISPUTE_COMMANDS,
  ...ACCOUNT_COMMANDS,
  ...WORD_COMMANDS,
};

/**
 * What HourBank is meant to do, in a few dozen rules over plain numbers, written from design.md and not from `domain/`:
 * which command is accepted or why it is refused, what a request is next, and who has how many hours.
 */
export class Model extends World {
  private readonly workflow = new Workflow(this);

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
    this.workflow.carryOn(deal, funded);
  }

  /** Time passes; whoever has a deadline or an answer that nobody was woken for is carried on. */
  moveTo(now: number): void {
    this.now = now;
    for (const deal of this.deals.values()) this.workflow.wake(deal);
  }

  claimTimeout(deal: Deal): void {
    this.workflow.claimTimeout(deal);
  }

  /** A step of ours failed for good before any payment was decided. */
  fail(deal: Deal): void {
    this.workflow.fail(deal);
  }

  private consider({ op, by, args }: Action): Effect {
    const command = COMMANDS[op];
    if (!command) throw new Error(`The model knows no ${op}`);
    return command(this, by, args);
  }
}
