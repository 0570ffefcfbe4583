import { Component, computed, inject, input } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import type { FieldTree } from '@angular/forms/signals';
import { MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { mdiMinus, mdiPlus } from '@mdi/js';
import { STEP } from '../../../../domain/hours';
import { Icon } from '../icon/icon';
import { NewId } from '../ids/new-id';

/** Hours in quarters: typed, by arrow keys, or by thumb on − and +. */
@Component({
  selector: 'app-hours-stepper',
  imports: [FormField, Icon, MatFormFieldModule, MatIconButton, MatInput],
  template: `
    <span hidden [id]="labelId">{{ label() }}</span>
    <mat-form-field>
      <mat-label>{{ label() }}</mat-label>
      <button
        matIconButton
        matPrefix
        type="button"
        aria-label="A quarter less"
        i18n-aria-label
        [attr.aria-describedby]="labelId"
        [disabled]="isLeast()"
        (click)="step(-1)"
      >
        <app-icon [path]="icons.less" />
      </button>
      <input
        matInput
        type="number"
        inputmode="decimal"
        autocomplete="off"
        [attr.step]="quarter"
        [formField]="field()"
      />
      <button
        matIconButton
        matSuffix
        type="button"
        aria-label="A quarter more"
        i18n-aria-label
        [attr.aria-describedby]="labelId"
        [disabled]="isMost()"
        (click)="step(1)"
      >
        <app-icon [path]="icons.more" />
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
    input {
      appearance: textfield;
      text-align: center;
      font-variant-numeric: tabular-nums;
      font-weight: 600;
      &::-webkit-inner-spin-button {
        display: none;
      }
    }
  `,
})
export class HoursStepper {
  readonly label = input.required<string>();
  readonly hint = input<string>();
  readonly field = input.required<FieldTree<number>>();
  readonly least = input.required<number>();
  readonly most = input.required<number>();
  /** Two steppers side by side have the same buttons: what they step is told after their name. */
  protected readonly labelId = inject(NewId).uuid();
  protected readonly icons = { less: mdiMinus, more: mdiPlus };
  protected readonly quarter = STEP;
  protected readonly isLeast = computed(() => this.#value() <= this.least());
  protected readonly isMost = computed(() => this.#value() >= this.most());
  readonly #value = computed(() => this.field()().value());

  /** To the next quarter in a direction, also from a number that is none. */
  protected step(direction: 1 | -1): void {
    const quarters = this.#value() / STEP;
    const next = direction > 0 ? Math.floor(quarters) + 1 : Math.ceil(quarters) - 1;
    const hours = Number.isNaN(next) ? this.least() : next * STEP;
    this.field()().value.set(Math.min(Math.max(hours, this.least()), this.most()));
  }
}
