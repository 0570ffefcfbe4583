import { Component, computed, effect, inject, input, linkedSignal, resource, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiFilePdfBox, mdiImageOutline } from '@mdi/js';
import type { EvidenceFile } from '../api/dispute';
import { DisputeClient } from '../api/dispute-client';
import { Icon } from '../icon/icon';
import { MomentPipe } from '../time/moment-pipe';
import { ServerClock } from '../time/server-clock';
import { fileSize } from './file-size';

/** An address is good for a few minutes; a new one is fetched so long before it ends. */
const EARLY_MS = 30_000;
const SOONEST_MS = 10_000;

/** One file of a dispute: a picture or a sign, and the way to open it. */
@Component({
  selector: 'app-file-card',
  imports: [Icon, MatButton, MomentPipe],
  template: `
    <div class="face">
      @if (picture(); as source) {
        <img [src]="source" alt="" loading="lazy" (error)="unseen.set(true)" />
      } @else {
        <app-icon [path]="isImage() ? icons.image : icons.pdf" />
      }
    </div>
    <div class="facts">
      @if (url(); as target) {
        <a class="cover" [href]="target" target="_blank" rel="noopener">{{ file().fileName }}</a>
      } @else {
        <span class="name">{{ file().fileName }}</span>
      }
      <p class="muted small number">
        {{ size() }}&ngsp;·
        @if (by(); as name) {
          {{ name }}&ngsp;·
        }
        <time [attr.datetime]="file().at">{{ file().at | moment }}</time>
      </p>
      @if (address.error()) {
        <button matButton type="button" (click)="address.reload()" i18n>Fetch it again</button>
      }
    </div>
  `,
  styles: `
    :host {
      gap: 0;
      padding: 0;
      overflow: hidden;
      align-content: start;
    }
    .face {
      position: relative;
      display: grid;
      place-items: center;
      aspect-ratio: 4 / 3;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface-variant);
      --icon-size: 40px;
    }
    img {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
    }
    .facts {
      display: grid;
      gap: 2px;
      padding: 12px 14px;
    }
    .cover,
    .name {
      overflow: hidden;
      font-weight: 550;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
  host: { class: 'card card-link' },
})
export class FileCard {
  readonly #client = inject(DisputeClient);
  readonly #clock = inject(ServerClock);
  readonly file = input.required<EvidenceFile>();
  /** Whose it is, where that is not plain: "You", "Ben". */
  readonly by = input<string>();

  protected readonly icons = { image: mdiImageOutline, pdf: mdiFilePdfBox };
  protected readonly isImage = computed(() => this.file().fileType.startsWith('image/'));
  protected readonly size = computed(() => fileSize(this.file().fileSize));
  protected readonly address = resource({
    params: () => this.file().id,
    loader: ({ params }) => this.#client.fileAddress(params),
  });
  protected readonly url = computed(() => (this.address.hasValue() ? this.address.value().url : undefined));

  /** The browser could not show it: the link is there all the same. */
  protected readonly unseen = linkedSignal({ source: this.url, computation: () => false });
  protected readonly picture = computed(() => (this.isImage() && !this.unseen() ? this.url() : undefined));

  constructor() {
    effect((onCleanup) => {
      if (!this.address.hasValue()) return;
      const left = Date.parse(this.address.value().expiresAt) - untracked(this.#clock.now);
      const again = setTimeout(() => this.address.reload(), Math.max(left - EARLY_MS, SOONEST_MS));
      onCleanup(() => {
        clearTimeout(again);
      });
    });
  }
}
