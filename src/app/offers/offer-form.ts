import { Component, input, linkedSignal, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatRadioModule } from '@angular/material/radio';
import { MatSelectModule } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import { CATEGORIES, PLACES } from '../../../domain/offer';
import type { OfferDraft } from '../shared/api/offer-client';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { HoursStepper } from '../shared/hours/hours-stepper';
import { MAX_RATE, MIN_RATE } from '../../../domain/hours';
import { categoryWords, placeWords } from '../shared/wording/category-words';
import { errorWords } from '../shared/wording/error-words';
import { EMPTY_DRAFT, offerDraftSchema, toOfferDraft } from './offer-draft';
import type { OfferDraftForm } from './offer-draft';

/** Where a provider writes an offer, a new one or one they change. */
@Component({
  selector: 'app-offer-form',
  imports: [
    FormField,
    FormRoot,
    HoursStepper,
    MatButton,
    MatFormFieldModule,
    MatInput,
    MatRadioModule,
    MatSelectModule,
    RouterLink,
  ],
  templateUrl: './offer-form.html',
  styles: `
    mat-radio-group {
      display: flex;
      flex-wrap: wrap;
      gap: 0 16px;
      margin-inline-start: -10px;
    }
    .legend {
      padding: 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }
  `,
})
export class OfferForm {
  readonly draft = input<OfferDraftForm>(EMPTY_DRAFT);
  readonly submitLabel = input.required<string>();
  /** Sends what was written; the form shows what it throws. */
  readonly send = input.required<(draft: OfferDraft) => Promise<void>>();

  protected readonly categories = CATEGORIES;
  protected readonly places = PLACES;
  protected readonly categoryWords = categoryWords();
  protected readonly placeWords = placeWords();
  protected readonly rates = { least: MIN_RATE, most: MAX_RATE };
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #written = linkedSignal(() => this.draft());
  protected readonly form = form(this.#written, offerDraftSchema, {
    submission: { action: () => this.#submit(), onInvalid: focusFirstError },
  });

  async #submit(): Promise<undefined> {
    this.failure.set(undefined);
    try {
      await this.send()(toOfferDraft(this.#written()));
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }
}
