import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { Router, RouterLink } from '@angular/router';
import { mdiHandshakeOutline } from '@mdi/js';
import { reloadOn } from '../shared/api/reload-on';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Skeleton } from '../shared/feedback/skeleton';
import { PageHeading } from '../shared/layout/page-heading';
import { RequestCard } from './request-card';
import { RequestsStore } from './requests-store';
import type { Side } from './requests-store';

const SIDES = ['all', 'asked', 'asked-of-me'] as const satisfies readonly Side[];

/** Everything one asked for and was asked for; what needs an answer comes first. */
@Component({
  selector: 'app-requests-page',
  imports: [
    EmptyState,
    LoadFailed,
    LoadMore,
    MatButton,
    MatButtonToggleModule,
    PageHeading,
    RequestCard,
    RouterLink,
    Skeleton,
  ],
  providers: [RequestsStore],
  templateUrl: './requests-page.html',
  styleUrl: './requests-page.scss',
})
export class RequestsPage {
  readonly #router = inject(Router);
  protected readonly store = inject(RequestsStore);
  /** Of the query: whose requests are shown. */
  readonly as = input<string>();

  protected readonly icons = { none: mdiHandshakeOutline };
  protected readonly side = computed(() => SIDES.find((side) => side === this.as()) ?? 'all');

  constructor() {
    effect(() => {
      const side = this.side();
      untracked(() => void this.store.show(side));
    });
    reloadOn(
      ({ kind }) => kind === 'REQUEST',
      () => void this.store.reload(),
    );
  }

  protected async choose(side: Side): Promise<void> {
    await this.#router.navigate([], {
      queryParams: { as: side === 'all' ? null : side },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
