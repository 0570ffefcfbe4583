import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { FormField, FormRoot, form, maxLength, required, schema } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatRadioModule } from '@angular/material/radio';
import { MAX_TEXT } from '../../../domain/commands';
import type { DisputeDecision } from '../../../domain/dispute';
import { MIN_HOURS, STEP } from '../../../domain/hours';
import type { Dispute } from '../shared/api/dispute';
import type { Decided } from '../shared/api/dispute-client';
import { Ask } from '../shared/feedback/ask';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { ShareSlider } from '../shared/hours/share-slider';
import { SharesBar } from '../shared/hours/shares-bar';
import { errorWords } from '../shared/wording/error-words';
import { choicesFor, questionFor, sharesBy } from './decision';

interface DecisionDraft {
  readonly decision: DisputeDecision | '';
  readonly note: string;
}

const decisionSchema = schema<DecisionDraft>((path) => {
  required(path.decision, { message: $localize`:@@decision.required:Choose how to decide.` });
  maxLength(path.note, MAX_TEXT, {
    message: $localize`:@@dispute.tooLong:Use at most ${MAX_TEXT}:count: characters.`,
  });
});

/** Where an admin decides a dispute, and sees who will get what before it is done. */
@Component({
  selector: 'app-decision-form',
  imports: [
    FormField,
    FormRoot,
    MatButton,
    MatFormFieldModule,
    MatInput,
    MatRadioModule,
    ShareSlider,
    SharesBar,
  ],
  templateUrl: './decision-form.html',
  styleUrl: './decision-form.scss',
})
export class DecisionForm {
  readonly #ask = inject(Ask);
  readonly dispute = input.required<Dispute>();
  /** Sends the decision; the form shows what it throws. */
  readonly send = input.required<(decided: Decided) => Promise<void>>();

  protected readonly choices = computed(() => choicesFor(this.dispute()));
  protected readonly least = MIN_HOURS;
  protected readonly most = computed(() => this.dispute().amount - MIN_HOURS);
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #draft = signal<DecisionDraft>({ decision: '', note: '' });
  protected readonly form = form(this.#draft, decisionSchema, {
    submission: { action: () => this.#decide(), onInvalid: focusFirstError },
  });

  protected readonly divides = computed(() => this.#draft().decision === 'PARTIAL_REFUND');
  protected readonly dismisses = computed(() => this.#draft().decision === 'DISMISS_DISPUTE');
  /** Hours that a division gives back: half of them at first. */
  protected readonly refundHours = linkedSignal({
    source: () => this.dispute().amount,
    computation: (amount) => Math.max(MIN_HOURS, Math.floor(amount / 2 / STEP) * STEP),
  });
  readonly #shares = computed(() => {
    const { decision } = this.#draft();
    return decision === '' ? undefined : sharesBy(this.dispute(), decision, this.refundHours());
  });
  protected readonly preview = computed(() => {
    const shares = this.#shares();
    const { requesterName, providerName } = this.dispute();
    return (
      shares && {
        first: { label: $localize`:@@share.theirs:${requesterName}:name: gets`, hours: shares.requester },
        second: { label: $localize`:@@share.theirs:${providerName}:name: gets`, hours: shares.provider },
      }
    );
  });
  protected readonly sliderLabel = computed(
    () => $localize`:@@decision.slider:Hours for ${this.dispute().requesterName}:name:`,
  );

  async #decide(): Promise<undefined> {
    this.failure.set(undefined);
    const { decision, note } = this.#draft();
    if (decision === '') return;
    const confirmed = await this.#ask.confirm(questionFor(this.dispute(), decision, this.#shares()));
    if (!confirmed) return;
    try {
      await this.send()({
        decision,
        refundHours: decision === 'PARTIAL_REFUND' ? this.refundHours() : undefined,
        note: note.trim(),
      });
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }
}
