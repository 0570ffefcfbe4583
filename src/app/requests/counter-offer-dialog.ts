import { Component, computed, inject, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MAX_HOURS, MAX_RATE, MIN_HOURS, MIN_RATE } from '../../../domain/hours';
import { MAX_ROUNDS } from '../../../domain/life-cycle';
import { BalanceStore } from '../shared/api/balance-store';
import type { CounterOffer } from '../shared/api/service-request';
import { shownTerms } from '../shared/api/shown-terms';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { OUTLINED_FIELDS } from '../shared/forms/outlined-fields';
import { costOf } from '../shared/hours/cost-of';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { HoursStepper } from '../shared/hours/hours-stepper';
import { errorWords } from '../shared/wording/error-words';
import { counterOfferSchema } from './counter-offer-form';
import type { CounterOfferForm } from './counter-offer-form';
import { shortOf } from './negotiation';
import type { RequestView } from './request-view';

export interface CounterOfferTask {
  /** The request as it was when the dialog opened: the offer answers these terms. */
  readonly view: RequestView;
  /** Sends the offer; the dialog shows what it throws. */
  readonly send: (offer: CounterOffer) => Promise<void>;
}

/** Other terms for a request. Says what they would cost and hold before they are sent; closes with true once they are. */
@Component({
  selector: 'app-counter-offer-dialog',
  imports: [
    FormField,
    FormRoot,
    HoursPipe,
    HoursStepper,
    MatButton,
    MatDialogModule,
    MatFormFieldModule,
    MatInput,
  ],
  providers: [OUTLINED_FIELDS],
  templateUrl: './counter-offer-dialog.html',
  styleUrl: './counter-offer-dialog.scss',
})
export class CounterOfferDialog {
  readonly #ref = inject<MatDialogRef<CounterOfferDialog, boolean>>(MatDialogRef);
  readonly #task = inject<CounterOfferTask>(MAT_DIALOG_DATA);
  readonly #balance = inject(BalanceStore);

  protected readonly view = this.#task.view;
  protected readonly table = shownTerms(this.view.request);
  protected readonly round = this.view.request.negotiationRound + 1;
  protected readonly rounds = MAX_ROUNDS;
  protected readonly hoursLimits = { least: MIN_HOURS, most: MAX_HOURS };
  protected readonly rateLimits = { least: MIN_RATE, most: MAX_RATE };
  protected readonly pays = this.view.viewer === 'REQUESTER';

  readonly #offer = signal<CounterOfferForm>({ hours: this.table.hours, rate: this.table.rate, message: '' });
  protected readonly form = form(this.#offer, counterOfferSchema, {
    submission: { action: () => this.#send(), onInvalid: focusFirstError },
  });
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly cost = computed(() => costOf(this.#offer().hours, this.#offer().rate));
  protected readonly offered = this.#offer.asReadonly();
  /** Hours beyond what is held now; below zero where some come back. */
  protected readonly extra = computed(() => (this.cost() ?? 0) - this.view.request.amount);
  protected readonly isSame = computed(
    () => this.#offer().hours === this.table.hours && this.#offer().rate === this.table.rate,
  );
  /** Why the viewer cannot offer it: only what they would pay themselves is known here. */
  protected readonly short = computed(() =>
    this.pays && this.cost() !== undefined ? shortOf(this.extra(), this.#balance.balance()) : undefined,
  );
  /** The terms themselves are not to be sent, apart from what the fields say. */
  protected readonly unsendable = computed(() => this.isSame() || this.short() !== undefined);

  async #send(): Promise<undefined> {
    this.failure.set(undefined);
    if (this.unsendable()) return;
    const { message, ...terms } = this.#offer();
    try {
      await this.#task.send({ ...terms, message: message.trim() });
      this.#ref.close(true);
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }
}
