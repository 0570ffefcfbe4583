import { Component, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import type { FieldTree } from '@angular/forms/signals';
import { MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { mdiEyeOffOutline, mdiEyeOutline } from '@mdi/js';
import { Icon } from '../shared/icon/icon';

/** A password that can be looked at while it is typed. */
@Component({
  selector: 'app-password-field',
  imports: [MatFormFieldModule, MatInput, MatIconButton, FormField, Icon],
  template: `
    <mat-form-field>
      <mat-label>{{ label() }}</mat-label>
      <input
        matInput
        [type]="shown() ? 'text' : 'password'"
        [autocomplete]="autocomplete()"
        autocapitalize="none"
        spellcheck="false"
        [formField]="field()"
      />
      <button
        matIconButton
        matSuffix
        type="button"
        [attr.aria-pressed]="shown()"
        aria-label="Show password"
        i18n-aria-label
        (click)="shown.set(!shown())"
      >
        <app-icon [path]="shown() ? icons.hide : icons.show" />
      </button>
      @if (hint(); as text) {
        <mat-hint>{{ text }}</mat-hint>
      }
      @if (field()().errors()[0]; as error) {
        <mat-error>{{ error.message }}</mat-error>
      }
    </mat-form-field>
  `,
  styles: `
    mat-form-field {
      inline-size: 100%;
    }
    button {
      margin-inline-end: 6px;
    }
  `,
})
export class PasswordField {
  readonly label = input.required<string>();
  readonly autocomplete = input.required<'current-password' | 'new-password'>();
  readonly field = input.required<FieldTree<string>>();
  readonly hint = input<string>();
  protected readonly icons = { show: mdiEyeOutline, hide: mdiEyeOffOutline };
  protected readonly shown = signal(false);
}
