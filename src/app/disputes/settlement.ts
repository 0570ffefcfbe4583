import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAX_PROPOSALS } from '../../../domain/dispute';
import { STEP } from '../../../domain/hours';
import { Ask } from '../shared/feedback/ask';
import { Say } from '../shared/feedback/say';
import { formatHours } from '../shared/hours/format-hours';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { ShareSlider } from '../shared/hours/share-slider';
import { SharesBar } from '../shared/hours/shares-bar';
import type { Share } from '../shared/hours/shares-bar';
import { DisputeStore } from './dispute-store';
import { refundFor, sidesOf } from './dispute-view';
import type { DisputeView, SidedShares } from './dispute-view';

/** How the parties settle a dispute between them: one proposes a division, the other accepts or declines. */
@Component({
  selector: 'app-settlement',
  imports: [HoursPipe, MatButton, ShareSlider, SharesBar],
  templateUrl: './settlement.html',
  styleUrl: './settlement.scss',
})
export class Settlement {
  readonly #store = inject(DisputeStore);
  readonly #ask = inject(Ask);
  readonly #say = inject(Say);
  readonly view = input.required<DisputeView>();

  protected readonly acting = this.#store.acting;
  protected readonly proposal = computed(() => this.view().dispute.proposal);
  /** The proposal on the table. */
  protected readonly proposed = computed(() => {
    const { dispute, viewer } = this.view();
    return dispute.proposal && this.#bars(sidesOf(dispute, viewer, dispute.proposal.refundHours));
  });
  protected readonly mayPropose = computed(() => this.view().dispute.proposals < MAX_PROPOSALS);
  /** The slider is there from the start where nothing is proposed yet. */
  protected readonly proposing = linkedSignal(() => this.proposal() === undefined);

  /** Hours for the viewer, as the slider stands: half of them at first. */
  protected readonly mine = linkedSignal({
    source: () => this.view().dispute.amount,
    computation: (amount) => Math.floor(amount / 2 / STEP) * STEP,
  });
  protected readonly preview = computed(() => {
    const { dispute, viewer } = this.view();
    return this.#bars(sidesOf(dispute, viewer, refundFor(dispute, viewer, this.mine())));
  });

  protected async propose(): Promise<void> {
    const { dispute, viewer, otherName } = this.view();
    const refundHours = refundFor(dispute, viewer, this.mine());
    try {
      await this.#store.act((client, id) => client.propose(id, refundHours));
      this.proposing.set(false);
      this.#say.done($localize`:@@settlement.proposed:Proposed. ${otherName}:name: is being told.`);
    } catch (error) {
      this.#say.failed(error);
    }
  }

  protected async accept(): Promise<void> {
    const { dispute, viewer, otherName } = this.view();
    const refundHours = this.proposal()?.refundHours;
    if (refundHours === undefined) return;
    const { mine, theirs } = sidesOf(dispute, viewer, refundHours);
    const confirmed = await this.#ask.confirm({
      heading: $localize`:@@settlement.accept.ask:Settle it like this?`,
      text: $localize`:@@settlement.accept.text:You get ${formatHours(mine)}:mine:, and ${otherName}:name: gets ${formatHours(theirs)}:theirs:. That ends the dispute and cannot be undone.`,
      confirm: $localize`:@@settlement.accept.confirm:Yes, settle it`,
    });
    if (!confirmed) return;
    await this.#answer(
      true,
      refundHours,
      $localize`:@@settlement.accepted:Agreed. The hours are on their way.`,
    );
  }

  protected async decline(): Promise<void> {
    const refundHours = this.proposal()?.refundHours;
    if (refundHours === undefined) return;
    const { otherName } = this.view();
    await this.#answer(
      false,
      refundHours,
      $localize`:@@settlement.declined:Declined. ${otherName}:name: is being told; propose something else if you like.`,
    );
  }

  async #answer(accept: boolean, refundHours: number, done: string): Promise<void> {
    try {
      await this.#store.act((client, id) => client.answer(id, accept, refundHours));
      this.#say.done(done);
    } catch (error) {
      this.#say.failed(error);
    }
  }

  #bars({ mine, theirs }: SidedShares): { readonly first: Share; readonly second: Share } {
    return {
      first: { label: $localize`:@@share.mine:You get`, hours: mine },
      second: { label: $localize`:@@share.theirs:${this.view().otherName}:name: gets`, hours: theirs },
    };
  }
}
