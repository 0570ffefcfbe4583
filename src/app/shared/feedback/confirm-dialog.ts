import { Component, inject, signal } from '@angular/core';
import { FormField, form, maxLength } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { OUTLINED_FIELDS } from '../forms/outlined-fields';

export interface Question {
  readonly heading: string;
  readonly text: string;
  readonly confirm: string;
  /** The label of a note that may go with it; none if the action takes none. */
  readonly note?: string;
  /** Colours the button: this cannot be undone, or gives something up. */
  readonly grave?: boolean;
}

export interface Confirmed {
  readonly note: string;
}

export const NOTE_MAX_LENGTH = 500;

/** Asks before something is done. Closes with `Confirmed`, or with nothing if the member thought better of it. */
@Component({
  selector: 'app-confirm-dialog',
  imports: [MatButton, MatDialogModule, MatFormFieldModule, MatInput, FormField],
  providers: [OUTLINED_FIELDS],
  template: `
    <h2 mat-dialog-title>{{ question.heading }}</h2>
    <mat-dialog-content>
      <p>{{ question.text }}</p>
      @if (question.note; as label) {
        <mat-form-field>
          <mat-label>{{ label }}</mat-label>
          <textarea matInput rows="3" [formField]="answer.note"></textarea>
          <mat-hint align="end">{{ answer.note().value().length }} / {{ maxLength }}</mat-hint>
          @if (answer.note().invalid()) {
            <mat-error i18n>Please keep the note shorter.</mat-error>
          }
        </mat-form-field>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close i18n>Not now</button>
      <button
        matButton="filled"
        type="button"
        [class.grave]="question.grave"
        [disabled]="answer().invalid()"
        (click)="confirm()"
      >
        {{ question.confirm }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    h2 {
      padding-block-end: 8px;
      font: var(--mat-sys-headline-small);
    }
    mat-form-field {
      inline-size: 100%;
      margin-block-start: 20px;
    }
    .grave {
      --mat-button-filled-container-color: var(--mat-sys-error);
      --mat-button-filled-label-text-color: var(--mat-sys-on-error);
    }
  `,
})
export class ConfirmDialog {
  readonly #ref = inject<MatDialogRef<ConfirmDialog, Confirmed>>(MatDialogRef);
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
  protected readonly maxLength = NOTE_MAX_LENGTH;
  protected readonly answer = form(signal({ note: '' }), (path) => {
    maxLength(path.note, NOTE_MAX_LENGTH);
  });

  protected confirm(): void {
    this.#ref.close({ note: this.answer.note().value().trim() });
  }
}
