import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Bank } from '../../../dev/bank/bank.ts';
import { Model } from '../model.ts';
import { KEEPER } from '../moves.ts';
import type { Offer } from '../rules/world.ts';
import { at } from './at.ts';
import { Story } from './story.ts';

/** Members, each with one offer; the last one is an admin as well, who must not decide about themselves. */
const MEMBERS = ['ann', 'bob', 'cem', 'dot'] as const;
/** Index of what came last. */
const NEWEST = -1;
/** Hours that each provider takes to respond. */
const RESPONSE_HOURS = [48, 24, 1, 336];
const RATES = [1, 1.5, 0.5, 2];

/** Where one sequence is played: the bank and the model, with the same members and offers. */
export class Stage {
  readonly bank: Bank;
  readonly model: Model;
  readonly story = new Story();
  readonly members: readonly string[];

  constructor(bank: Bank) {
    this.bank = bank;
    this.model = new Model(bank.clock.now() / 1000);
    this.members = MEMBERS.map((name) => this.story.newId(name));
    for (const [index, id] of this.members.entries()) {
      this.model.join(id, RESPONSE_HOURS[index]);
      const offer = {
        id: this.story.newId(`offer ${index}`),
        provider: id,
        rate: RATES[index] ?? 1,
        active: true,
      };
      this.model.offers.set(offer.id, offer);
    }
    for (const admin of [at(this.members, NEWEST), KEEPER]) this.model.admins.add(admin);
  }

  /** Writes into the bank what the model has from the start. */
  async open(): Promise<void> {
    const { edges, now } = this.bank;
    await Promise.all(
      this.members.map(async (id, index) => {
        await edges.ledger.welcome({ id, displayName: at(MEMBERS, index) }, { now });
        await this.setResponseHours(id, at(RESPONSE_HOURS, index));
      }),
    );
    await Promise.all(this.offers.map((offer) => this.putOffer(offer)));
  }

  get offers(): readonly Offer[] {
    return [...this.model.offers.values()];
  }

  async setOffer(offer: Offer, change: Partial<Pick<Offer, 'rate' | 'active'>>): Promise<void> {
    this.story.tell(`${offer.id} is now ${JSON.stringify(change)}`);
    Object.assign(offer, change);
    await this.putOffer(offer);
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
}
