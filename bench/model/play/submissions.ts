import type { Bank } from '../../../dev/bank/bank.ts';
import type { Model } from '../model.ts';
import type { Action } from '../rules/command.ts';
import type { Offer } from '../rules/world.ts';
import type { Step } from '../step.ts';
import { at } from './at.ts';
import type { Caller } from './caller.ts';
import type { Failures } from './failures.ts';
import { Mismatch } from './mismatch.ts';
import type { Stage } from './stage.ts';

/** Requests as they are submitted: in every way in which a browser, a stranger or bad luck may send one. */
export class Submissions {
  private readonly stage: Stage;
  private readonly bank: Bank;
  private readonly model: Model;
  private readonly caller: Caller;
  private readonly failures: Failures;
  private submitted = 0;

  constructor(stage: Stage, caller: Caller, failures: Failures) {
    this.stage = stage;
    this.bank = stage.bank;
    this.model = stage.model;
    this.caller = caller;
    this.failures = failures;
  }

  async play({ by, offer, quarters, how }: Extract<Step, { kind: 'SUBMIT' }>): Promise<void> {
    const member = at(this.stage.members, by);
    const wanted = at(this.stage.offers, offer);
    const action = this.submission(member, wanted, quarters / 4);
    switch (how) {
      case 'AGAIN':
        await this.caller.giveInTurn([action, 'once'], [action, 'and again']);
        break;
      case 'TOGETHER':
        await this.caller.giveTogether(action);
        break;
      case 'OTHER_BODY':
        await this.caller.giveInTurn(
          [action, 'once'],
          [{ ...action, args: { ...action.args, estimatedHours: quarters / 4 + 0.25 } }, 'otherwise'],
        );
        break;
      case 'STALE_RATE':
        await this.caller.give(
          { ...action, args: { ...action.args, rate: wanted.rate + 0.25 } },
          'as shown before',
        );
        break;
      case 'THREE':
        await this.submitThree(member, wanted, quarters / 4);
        break;
      case 'OFFER_CLOSED':
        this.bank.gate.close('BEFORE');
        await this.caller.give(action, 'while its offer is still open');
        await this.bank.settled();
        await this.stage.setOffer(wanted, { active: false });
        this.bank.gate.open();
        break;
      case 'FAIL':
        await this.failures.giveFailing({ skip: quarters % 3, times: 1 }, 'SUBMIT', action);
        break;
      case 'ONCE':
        await this.caller.give(action, 'once');
    }
    await this.caller.carryAll();
  }

  private submission(by: string, offer: Offer, hours: number): Action {
    const requestId = this.stage.story.newId(`request ${(this.submitted += 1)}`);
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
    for (const action of actions) await this.caller.give(action, 'with its workflow held up');
    await this.bank.settled();
    this.bank.gate.open();
    await this.bank.settled();
    const raced = actions.flatMap(({ args }) => this.model.deals.get(String(args['requestId'])) ?? []);
    for (const deal of raced) {
      const row = await this.bank.edges.requests.request(deal.id);
      this.model.carryOn(deal, row?.status !== 'REJECTED');
    }
    const account = this.model.accounts.get(by);
    for (const { status, amount } of raced)
      if (status === 'REJECTED' && account && account.available >= amount)
        throw new Mismatch(
          `A request for ${amount} hours was refused although ${account.available} are left`,
        );
  }
}
