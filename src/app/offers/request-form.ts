import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import { MAX_HOURS, MIN_HOURS } from '../../../domain/hours';
import type { Offer } from '../shared/api/offer-client';
import type { Submission } from '../shared/api/service-request';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { costOf } from '../shared/hours/cost-of';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { HoursStepper } from '../shared/hours/hours-stepper';
import { NewId } from '../shared/ids/new-id';
import { errorWords } from '../shared/wording/error-words';
import { requestTermsSchema } from './request-terms';
import type { RequestTerms } from './request-terms';

/** The terms of a request; says what they will hold before they are sent. */
@Component({
  selector: 'app-request-form',
  imports: [
    FormField,
    FormRoot,
    HoursPipe,
    HoursStepper,
    MatButton,
    MatFormFieldModule,
    MatInput,
    RouterLink,
  ],
  templateUrl: './request-form.html',
  styleUrl: './request-form.scss',
})
export class RequestForm {
  readonly #newId = inject(NewId);
  readonly offer = input.required<Offer>();
  /** The member's available hours; nothing while they are not known. */
  readonly available = input.required<number | undefined>();
  /** Sends the request; the form shows what it throws. */
  readonly send = input.required<(submission: Submission) => Promise<void>>();

  protected readonly limits = { least: MIN_HOURS, most: MAX_HOURS };
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #terms = signal<RequestTerms>({ hours: 1, message: '' });
  protected readonly form = form(this.#terms, requestTermsSchema, {
    submission: { action: () => this.#submit(), onInvalid: focusFirstError },
  });
  protected readonly hours = computed(() => this.#terms().hours);
  protected readonly held = computed(() => costOf(this.hours(), this.offer().rate));
  protected readonly left = computed(() => {
    const available = this.available();
    const held = this.held();
    return available === undefined || held === undefined ? undefined : available - held;
  });
  protected readonly tooLittle = computed(() => (this.left() ?? 0) < 0);

  #attempt: Submission | undefined;

  async #submit(): Promise<undefined> {
    this.failure.set(undefined);
    if (this.tooLittle()) return;
    this.#attempt = this.#submission();
    try {
      await this.send()(this.#attempt);
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }

  /** The same terms again keep the id of the first try, whose answer may only have been lost on the way. */
  #submission(): Submission {
    const { hours, message } = this.#terms();
    const { id: serviceId, rate } = this.offer();
    const terms = { serviceId, rate, estimatedHours: hours, message: message.trim() };
    const last = this.#attempt;
    const same =
      last?.estimatedHours === terms.estimatedHours && last.rate === rate && last.message === terms.message;
    return { ...terms, requestId: same ? last.requestId : this.#newId.uuid() };
  }
}
