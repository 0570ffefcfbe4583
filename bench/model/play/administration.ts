import { KEEPER } from '../moves.ts';
import type { Action } from '../rules/command.ts';
import type { Step } from '../step.ts';
import { at } from './at.ts';
import type { Caller } from './caller.ts';
import type { Stage } from './stage.ts';

/** What admins do to accounts, and members who are none try to. */
export class Administration {
  private readonly stage: Stage;
  private readonly caller: Caller;

  constructor(stage: Stage, caller: Caller) {
    this.stage = stage;
    this.caller = caller;
  }

  async play(step: Extract<Step, { kind: 'ADMIN' }>): Promise<void> {
    const action = this.actionOf(step);
    switch (step.how) {
      case 'AGAIN':
        await this.caller.giveInTurn([action, 'once'], [action, 'and again']);
        break;
      case 'TOGETHER':
        await this.caller.giveTogether(action);
        break;
      case 'OTHER_BODY':
        await this.caller.giveInTurn(
          [action, 'once'],
          [{ ...action, args: { ...action.args, reason: 'Another one' } }, 'otherwise'],
        );
        break;
      case 'ONCE':
        await this.caller.give(action, 'once');
    }
    await this.caller.carryAll();
  }

  private actionOf({ who, member, what, quarters }: Extract<Step, { kind: 'ADMIN' }>): Action {
    const by = at([KEEPER, KEEPER, KEEPER, ...this.stage.members], who);
    const about = { userId: at(this.stage.members, member), reason: 'As agreed' };
    if (what !== 'ADJUST') return { op: 'setAccountLock', by, args: { ...about, locked: what === 'LOCK' } };
    return {
      op: 'adjustBalance',
      by,
      args: {
        ...about,
        adjustmentId: this.stage.story.newId('adjustment'),
        hours: quarters / 4,
        allowBelowZero: quarters % 3 === 0,
      },
    };
  }
}
