import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatProgressBar } from '@angular/material/progress-bar';
import { mdiAlertOutline, mdiBookCheckOutline, mdiCheckDecagramOutline } from '@mdi/js';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { Icon } from '../shared/icon/icon';
import { PageHeading } from '../shared/layout/page-heading';
import { MomentPipe } from '../shared/time/moment-pipe';
import { BooksStore } from './books-store';
import { FindingList } from './finding-list';

/** Whether the books balance, what does not agree if they do not, and every check before. */
@Component({
  selector: 'app-books-page',
  imports: [
    EmptyState,
    FindingList,
    Icon,
    LoadFailed,
    LoadMore,
    MatButton,
    MatProgressBar,
    MomentPipe,
    PageHeading,
    Skeleton,
  ],
  providers: [BooksStore],
  templateUrl: './books-page.html',
  styleUrl: './books-page.scss',
})
export class BooksPage {
  readonly #say = inject(Say);
  protected readonly store = inject(BooksStore);
  protected readonly icons = {
    balanced: mdiCheckDecagramOutline,
    mismatched: mdiAlertOutline,
    none: mdiBookCheckOutline,
  };

  protected async check(): Promise<void> {
    try {
      await this.store.check();
    } catch (error) {
      this.#say.failed(error);
    }
  }
}
