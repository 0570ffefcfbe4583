import type { Model } from '../model.ts';
import type { Deal } from '../rules/deal.ts';

/** Deals whose wake-up was lost stay as they are, until something finds them. */
export class LostWakes {
  private readonly model: Model;
  private readonly ids = new Set<string>();

  constructor(model: Model) {
    this.model = model;
  }

  add(deal: Deal): void {
    this.ids.add(deal.id);
  }

  has(deal: Deal): boolean {
    return this.ids.has(deal.id);
  }

  carryOn(deal: Deal): void {
    this.model.carryOn(deal);
    this.forgetFound();
  }

  forgetFound(): void {
    for (const id of this.ids) if (!this.model.deals.get(id)?.pending) this.ids.delete(id);
  }
}
