import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField, FormRoot, form, maxLength, pattern, schema } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MAX_TEXT } from '../../../domain/commands';
import { MAX_STATEMENTS } from '../../../domain/evidence';
import type { Evidence, Statement } from '../shared/api/dispute';
import { StatementCard } from '../shared/disputes/statement-card';
import { Say } from '../shared/feedback/say';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { errorWords } from '../shared/wording/error-words';
import { DisputeStore } from './dispute-store';
import { authorOf } from './dispute-view';
import type { DisputeView } from './dispute-view';

const statementSchema = schema<{ readonly text: string }>((path) => {
  pattern(path.text, /\S/, { message: $localize`:@@statement.empty:There is nothing written yet.` });
  maxLength(path.text, MAX_TEXT, {
    message: $localize`:@@dispute.tooLong:Use at most ${MAX_TEXT}:count: characters.`,
  });
});

/** What both sides say, in order, and the place to say more. */
@Component({
  selector: 'app-statements',
  imports: [FormField, FormRoot, MatButton, MatFormFieldModule, MatInput, StatementCard],
  templateUrl: './statements.html',
  styles: `
    section {
      gap: 20px;
    }
    ol {
      display: grid;
      gap: 20px;
    }
  `,
})
export class Statements {
  readonly #store = inject(DisputeStore);
  readonly #say = inject(Say);
  readonly view = input.required<DisputeView>();
  readonly evidence = input.required<readonly Evidence[]>();

  protected readonly said = computed(() => {
    const { dispute } = this.view();
    return [
      {
        id: dispute.id,
        ...authorOf(this.view(), dispute.openedByRole),
        reason: dispute.reason,
        text: dispute.statement,
        at: dispute.createdAt,
      },
      ...this.evidence()
        .filter((laid): laid is Statement => laid.kind === 'STATEMENT')
        .map(({ id, authorRole, text, at }) => ({
          id,
          ...authorOf(this.view(), authorRole),
          reason: undefined,
          text,
          at,
        })),
    ];
  });
  readonly #own = computed(
    () =>
      this.evidence().filter(
        ({ kind, authorRole }) => kind === 'STATEMENT' && authorRole === this.view().viewer,
      ).length,
  );
  protected readonly left = computed(() => MAX_STATEMENTS - this.#own());

  readonly #written = signal({ text: '' });
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly form = form(this.#written, statementSchema, {
    submission: { action: () => this.#add(), onInvalid: focusFirstError },
  });

  async #add(): Promise<undefined> {
    this.failure.set(undefined);
    const text = this.#written().text.trim();
    if (text === '') return;
    try {
      await this.#store.add((client, id) => client.addStatement(id, text));
      this.form().reset({ text: '' });
      this.#say.done(
        $localize`:@@statement.added:Added. ${this.view().otherName}:name: and the admin can read it.`,
      );
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }
}
