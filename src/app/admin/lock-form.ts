import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MAX_ADMIN_REASON } from '../../../domain/admin-action';
import { Ask } from '../shared/feedback/ask';
import type { Question } from '../shared/feedback/confirm-dialog';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { adminErrorWords } from './action-words';
import { lockSchema } from './adjustment-draft';
import type { LockDraft } from './adjustment-draft';

/** Where an admin locks an account, or opens one that is locked. */
@Component({
  selector: 'app-lock-form',
  imports: [FormField, FormRoot, MatButton, MatFormFieldModule, MatInput],
  template: `
    <form class="form" [formRoot]="form">
      @if (locked()) {
        <p class="small muted" i18n>
          Opening it lets {{ memberName() }} ask for services and be adjusted again.
        </p>
      } @else {
        <p class="small muted" i18n>
          A lock stops new requests and adjustments. What is set aside is still paid or given back.
        </p>
      }
      <mat-form-field>
        <mat-label>{{ label() }}</mat-label>
        <textarea matInput rows="2" [formField]="form.reason"></textarea>
        <mat-hint i18n>{{ memberName() }} is told.</mat-hint>
        <mat-hint align="end" class="number">{{ length() }} / {{ longest }}</mat-hint>
        @if (form.reason().errors()[0]; as error) {
          <mat-error>{{ error.message }}</mat-error>
        }
      </mat-form-field>
      @if (failure(); as words) {
        <p class="notice bad" role="alert">{{ words }}</p>
      }
      <button matButton="tonal" type="submit" [disabled]="form().submitting()">
        @if (locked()) {
          <ng-container i18n>Open the account…</ng-container>
        } @else {
          <ng-container i18n>Lock the account…</ng-container>
        }
      </button>
    </form>
  `,
  styles: `
    button {
      justify-self: start;
    }
  `,
})
export class LockForm {
  readonly #ask = inject(Ask);
  readonly memberName = input.required<string>();
  readonly locked = input.required<boolean>();
  /** Sends the change; the form shows what it throws. */
  readonly send = input.required<(locked: boolean, reason: string) => Promise<void>>();

  protected readonly longest = MAX_ADMIN_REASON;
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #draft = signal<LockDraft>({ reason: '' });
  protected readonly form = form(this.#draft, lockSchema, {
    submission: { action: () => this.#submit(), onInvalid: focusFirstError },
  });
  protected readonly length = computed(() => this.#draft().reason.trim().length);
  protected readonly label = computed(() =>
    this.locked()
      ? $localize`:@@unlock.reason:Reason to open it`
      : $localize`:@@lock.reason:Reason to lock it`,
  );

  async #submit(): Promise<undefined> {
    this.failure.set(undefined);
    const locked = !this.locked();
    if (!(await this.#ask.confirm(this.#question(locked)))) return;
    try {
      await this.send()(locked, this.#draft().reason.trim());
      this.form().reset({ reason: '' });
    } catch (error) {
      this.failure.set(adminErrorWords(error));
    }
  }

  #question(locked: boolean): Question {
    const name = this.memberName();
    return locked
      ? {
          heading: $localize`:@@lock.ask:Lock this account?`,
          text: $localize`:@@lock.ask.text:${name}:name: cannot ask for anything until an admin opens the account again.`,
          confirm: $localize`:@@lock.confirm:Lock it`,
          grave: true,
        }
      : {
          heading: $localize`:@@unlock.ask:Open this account?`,
          text: $localize`:@@unlock.ask.text:${name}:name: can use all hours again. If the check of the books locked it, find out first why it did.`,
          confirm: $localize`:@@unlock.confirm:Open it`,
        };
  }
}
