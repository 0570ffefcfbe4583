import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Ask } from '../shared/feedback/ask';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Initials } from '../shared/layout/initials';
import { PageHeading } from '../shared/layout/page-heading';
import { PageTitle } from '../shared/layout/page-title';
import { reasonWords } from '../shared/wording/status-words';
import { actionFace } from './request-actions';
import type { ActionFace } from './request-actions';
import { RequestStore } from './request-store';
import { StatusChip } from './status-chip';
import { Timeline } from './timeline';

/** One request: where it stands, live, and what may be done about it. */
@Component({
  selector: 'app-request-page',
  imports: [
    HoursPipe,
    Initials,
    LoadFailed,
    MatButton,
    PageHeading,
    RouterLink,
    Skeleton,
    StatusChip,
    Timeline,
  ],
  providers: [RequestStore],
  templateUrl: './request-page.html',
  styleUrl: './request-page.scss',
})
export class RequestPage {
  readonly #ask = inject(Ask);
  readonly #say = inject(Say);
  protected readonly store = inject(RequestStore);
  readonly requestId = input.required<string>();

  protected readonly steps = computed(() => this.store.standing()?.steps ?? []);
  protected readonly reason = computed(() => reasonWords(this.store.view()?.request.statusReason));
  protected readonly actions = computed(() => {
    const view = this.store.view();
    return (view?.actions ?? [])
      .map(({ event }) => view && actionFace(event, view.request, view.otherName))
      .filter((face) => face !== undefined);
  });

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const requestId = this.requestId();
      untracked(() => void this.store.open(requestId));
    });
    effect(() => {
      title.name(this.store.view()?.request.serviceTitle ?? $localize`:@@title.request:Request`);
    });
  }

  protected async act(face: ActionFace): Promise<void> {
    const confirmed = await this.#ask.confirm(face.question);
    if (!confirmed) return;
    try {
      await this.store.act((client) => face.run(client, confirmed.note));
      this.#say.done(face.done);
    } catch (error) {
      this.#say.failed(error);
    }
  }
}
