import { Component, computed, input } from '@angular/core';
import type { Status } from '../../../domain/life-cycle';
import { LookChip } from '../shared/layout/look-chip';
import { statusLook, statusWords } from '../shared/wording/status-words';

/** The status of a request. */
@Component({
  selector: 'app-status-chip',
  imports: [LookChip],
  template: '<app-look-chip [look]="look()" [words]="words()" />',
  styles: `
    :host {
      display: inline-flex;
    }
  `,
})
export class StatusChip {
  readonly status = input.required<Status>();
  protected readonly words = computed(() => statusWords(this.status()));
  protected readonly look = computed(() => statusLook(this.status()));
}
