import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatCheckbox } from '@angular/material/checkbox';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MAX_ADMIN_REASON } from '../../../domain/admin-action';
import { MAX_HOURS, MIN_HOURS } from '../../../domain/hours';
import type { Adjustment } from '../shared/api/account-client';
import { Ask } from '../shared/feedback/ask';
import type { Question } from '../shared/feedback/confirm-dialog';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { formatHours } from '../shared/hours/format-hours';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { HoursStepper } from '../shared/hours/hours-stepper';
import { NewId } from '../shared/ids/new-id';
import { adminErrorWords } from './action-words';
import { EMPTY_DRAFT, adjustmentSchema, availableAfter, signedHours } from './adjustment-draft';
import type { AdjustmentDraft } from './adjustment-draft';

/** Where an admin gives a member hours or takes some: how many, why, and what will be there afterwards. */
@Component({
  selector: 'app-adjust-form',
  imports: [
    FormField,
    FormRoot,
    HoursPipe,
    HoursStepper,
    MatButton,
    MatButtonToggleModule,
    MatCheckbox,
    MatFormFieldModule,
    MatInput,
  ],
  templateUrl: './adjust-form.html',
  styleUrl: './adjust-form.scss',
})
export class AdjustForm {
  readonly #ask = inject(Ask);
  readonly #newId = inject(NewId);
  readonly memberId = input.required<string>();
  readonly memberName = input.required<string>();
  readonly available = input.required<number>();
  /** Sends the adjustment; the form shows what it throws. */
  readonly send = input.required<(adjustment: Adjustment) => Promise<void>>();

  protected readonly limits = { least: MIN_HOURS, most: MAX_HOURS, reason: MAX_ADMIN_REASON };
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly draft = signal<AdjustmentDraft>(EMPTY_DRAFT);
  protected readonly form = form(
    this.draft,
    adjustmentSchema(() => this.available()),
    { submission: { action: () => this.#submit(), onInvalid: focusFirstError } },
  );
  protected readonly after = computed(() => availableAfter(this.draft(), this.available()));
  protected readonly below = computed(() => (this.after() ?? 0) < 0);
  protected readonly reasonLength = computed(() => this.draft().reason.trim().length);

  #attempt: Adjustment | undefined;

  async #submit(): Promise<undefined> {
    this.failure.set(undefined);
    const adjustment = this.#adjustment();
    if (!adjustment || !(await this.#ask.confirm(this.#question(adjustment)))) return;
    this.#attempt = adjustment;
    try {
      await this.send()(adjustment);
      this.#attempt = undefined;
      this.form().reset(EMPTY_DRAFT);
    } catch (error) {
      this.failure.set(adminErrorWords(error));
    }
  }

  #question({ hours }: Adjustment): Question {
    const name = this.memberName();
    const amount = formatHours(Math.abs(hours));
    const left = formatHours(this.available() + hours);
    const text = $localize`:@@adjust.ask.text:${name}:name: will have ${left}:hours: available, and reads your reason. It stays on record: a mistake is mended by another adjustment.`;
    return hours > 0
      ? {
          heading: $localize`:@@adjust.add.ask:Add ${amount}:hours:?`,
          confirm: $localize`:@@adjust.add.confirm:Add ${amount}:hours:`,
          text,
        }
      : {
          heading: $localize`:@@adjust.take.ask:Take ${amount}:hours:?`,
          confirm: $localize`:@@adjust.take.confirm:Take ${amount}:hours:`,
          text,
          grave: true,
        };
  }

  /** The same adjustment again keeps the id of the first try, whose answer may only have been lost on the way. */
  #adjustment(): Adjustment | undefined {
    const hours = signedHours(this.draft());
    if (hours === undefined) return undefined;
    const asked = {
      userId: this.memberId(),
      hours,
      reason: this.draft().reason.trim(),
      allowBelowZero: this.below() && this.draft().belowZero,
    };
    const last = this.#attempt;
    const same =
      last?.userId === asked.userId &&
      last.hours === hours &&
      last.reason === asked.reason &&
      last.allowBelowZero === asked.allowBelowZero;
    return { ...asked, adjustmentId: same ? last.adjustmentId : this.#newId.uuid() };
  }
}
