import { Component, computed, input } from '@angular/core';

/** What a list or a page looks like while it is on its way. */
@Component({
  selector: 'app-skeleton',
  template: `
    <p role="status" class="visually-hidden" i18n>Loading…</p>
    @for (block of blocks(); track block) {
      <div class="block" [class.tall]="shape() === 'page'"></div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    .block {
      block-size: 104px;
      border-radius: var(--mat-sys-corner-large);
      background: linear-gradient(
          100deg,
          transparent 30%,
          var(--mat-sys-surface-container-low) 50%,
          transparent 70%
        )
        var(--mat-sys-surface-container-high) 150% 0 / 220% 100%;
      animation: shimmer 1.6s ease-in-out infinite;
    }
    .tall:first-of-type {
      block-size: 220px;
    }
    @keyframes shimmer {
      to {
        background-position: -60% 0;
      }
    }
  `,
})
export class Skeleton {
  readonly shape = input<'list' | 'page'>('list');
  readonly count = input(3);
  protected readonly blocks = computed(() => Array.from({ length: this.count() }, (_, index) => index));
}
