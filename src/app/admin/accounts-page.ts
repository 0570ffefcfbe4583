import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { mdiAccountSearchOutline, mdiMagnify } from '@mdi/js';
import { MemberClient } from '../shared/api/member-client';
import type { Member } from '../shared/api/member-client';
import { PagedList } from '../shared/api/paged-list';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Skeleton } from '../shared/feedback/skeleton';
import { Icon } from '../shared/icon/icon';
import { Initials } from '../shared/layout/initials';
import { PageHeading } from '../shared/layout/page-heading';

/** Where an admin finds the account of a member. The search lives in the address, so that "back" finds it again. */
@Component({
  selector: 'app-accounts-page',
  imports: [
    EmptyState,
    Icon,
    Initials,
    LoadFailed,
    LoadMore,
    MatButton,
    MatFormFieldModule,
    MatInput,
    PageHeading,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './accounts-page.html',
  styleUrl: './accounts-page.scss',
})
export class AccountsPage {
  readonly #client = inject(MemberClient);
  readonly #router = inject(Router);
  /** Of the query: what is searched for. */
  readonly q = input<string>();

  protected readonly icons = { search: mdiMagnify, none: mdiAccountSearchOutline };
  protected readonly text = computed(() => this.q() ?? '');
  protected readonly members = new PagedList<Member>((next) => this.#client.browse(this.text(), next));
  protected readonly byName = computed(() =>
    this.members.items().toSorted((one, other) => one.displayName.localeCompare(other.displayName)),
  );

  constructor() {
    effect(() => {
      this.text();
      untracked(() => void this.members.restart());
    });
  }

  protected async search(text: string): Promise<void> {
    const q = text.trim() === '' ? null : text.trim();
    await this.#router.navigate([], { queryParams: { q }, replaceUrl: true });
  }
}
