import { Component, computed, input, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatRadioModule } from '@angular/material/radio';
import { RouterLink } from '@angular/router';
import type { Party } from '../../../domain/life-cycle';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { errorWords } from '../shared/wording/error-words';
import { ANOTHER, complaintSchema, reasonOf, suggestedReasons } from './complaint';
import type { Complaint } from './complaint';

/** Where a party says what is wrong. */
@Component({
  selector: 'app-open-dispute-form',
  imports: [FormField, FormRoot, MatButton, MatFormFieldModule, MatInput, MatRadioModule, RouterLink],
  template: `
    <form class="form" [formRoot]="form">
      <fieldset>
        <legend><h2 i18n>What is it about?</h2></legend>
        <mat-radio-group
          aria-label="What is it about?"
          i18n-aria-label
          [formField]="form.choice"
          aria-describedby="choice-error"
        >
          @for (reason of reasons(); track reason) {
            <mat-radio-button [value]="reason">{{ reason }}</mat-radio-button>
          }
          <mat-radio-button [value]="another" i18n>Something else</mat-radio-button>
        </mat-radio-group>
        <p class="error small" id="choice-error" role="alert">
          @if (form.choice().touched() && form.choice().errors()[0]; as error) {
            {{ error.message }}
          }
        </p>
      </fieldset>

      @if (isAnother()) {
        <mat-form-field>
          <mat-label i18n>In a few words</mat-label>
          <input matInput type="text" autocomplete="off" [formField]="form.reason" />
          @if (form.reason().errors()[0]; as error) {
            <mat-error>{{ error.message }}</mat-error>
          }
        </mat-form-field>
      }

      <mat-form-field>
        <mat-label i18n>What happened?</mat-label>
        <textarea matInput rows="6" [formField]="form.statement"></textarea>
        <mat-hint i18n>{{ otherName() }} and the admin read this. Files can be added afterwards.</mat-hint>
        @if (form.statement().errors()[0]; as error) {
          <mat-error>{{ error.message }}</mat-error>
        }
      </mat-form-field>

      @if (failure(); as words) {
        <p class="notice bad" role="alert">{{ words }}</p>
      }

      <div class="row">
        <button matButton="filled" type="submit" [disabled]="form().submitting()">
          @if (form().submitting()) {
            <ng-container i18n>Opening…</ng-container>
          } @else {
            <ng-container i18n>Open the dispute</ng-container>
          }
        </button>
        <a matButton [routerLink]="['/requests', requestId()]" i18n>Not now</a>
      </div>
    </form>
  `,
  styles: `
    .form {
      gap: 20px;
    }
    legend {
      padding: 0;
    }
    mat-radio-group {
      display: grid;
      margin: 8px 0 0 -10px;
    }
    .error {
      color: var(--mat-sys-error);
    }
  `,
})
export class OpenDisputeForm {
  readonly requestId = input.required<string>();
  readonly viewer = input.required<Party>();
  readonly otherName = input.required<string>();
  /** Opens the dispute; the form shows what it throws. */
  readonly send = input.required<(reason: string, statement: string) => Promise<void>>();

  protected readonly another = ANOTHER;
  protected readonly reasons = computed(() => suggestedReasons(this.viewer()));
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #complaint = signal<Complaint>({ choice: '', reason: '', statement: '' });
  protected readonly isAnother = computed(() => this.#complaint().choice === ANOTHER);
  protected readonly form = form(this.#complaint, complaintSchema, {
    submission: { action: () => this.#submit(), onInvalid: focusFirstError },
  });

  async #submit(): Promise<undefined> {
    this.failure.set(undefined);
    const complaint = this.#complaint();
    try {
      await this.send()(reasonOf(complaint), complaint.statement.trim());
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }
}
