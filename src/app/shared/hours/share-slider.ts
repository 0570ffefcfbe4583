import { Component, computed, input, model } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatSliderModule } from '@angular/material/slider';
import { mdiMinus, mdiPlus } from '@mdi/js';
import { STEP } from '../../../../domain/hours';
import { Icon } from '../icon/icon';
import { formatHours } from './format-hours';

/** Hours out of an amount, in quarters: by thumb along the line, or a quarter at a time. */
@Component({
  selector: 'app-share-slider',
  imports: [Icon, MatIconButton, MatSliderModule],
  template: `
    <button
      matIconButton
      type="button"
      aria-label="A quarter less"
      i18n-aria-label
      [disabled]="hours() <= least()"
      (click)="step(-1)"
    >
      <app-icon [path]="icons.less" />
    </button>
    <mat-slider [min]="least()" [max]="most()" [step]="quarter" [displayWith]="words">
      <input
        matSliderThumb
        [value]="hours()"
        (valueChange)="hours.set($event)"
        [attr.aria-label]="label()"
        [attr.aria-valuetext]="spoken()"
      />
    </mat-slider>
    <button
      matIconButton
      type="button"
      aria-label="A quarter more"
      i18n-aria-label
      [disabled]="hours() >= most()"
      (click)="step(1)"
    >
      <app-icon [path]="icons.more" />
    </button>
  `,
  styles: `
    :host {
      display: flex;
      gap: 4px;
      align-items: center;
    }
    /* The line is divided in the colours of the shares. */
    mat-slider {
      flex: 1;
      min-inline-size: 0;

      --mat-slider-inactive-track-color: var(--hb-other-share);
    }
    button {
      flex: none;
    }
  `,
})
export class ShareSlider {
  readonly label = input.required<string>();
  readonly hours = model.required<number>();
  readonly least = input.required<number>();
  readonly most = input.required<number>();
  protected readonly icons = { less: mdiMinus, more: mdiPlus };
  protected readonly quarter = STEP;
  protected readonly words = (hours: number): string => formatHours(hours);
  protected readonly spoken = computed(() => formatHours(this.hours()));

  protected step(direction: 1 | -1): void {
    const next = this.hours() + direction * STEP;
    this.hours.set(Math.min(Math.max(next, this.least()), this.most()));
  }
}
