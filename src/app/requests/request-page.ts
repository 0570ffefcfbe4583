import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { BalanceStore } from '../shared/api/balance-store';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Ask } from '../shared/feedback/ask';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Initials } from '../shared/layout/initials';
import { PageHeading } from '../shared/layout/page-heading';
import { PageTitle } from '../shared/layout/page-title';
import { reasonWords } from '../shared/wording/status-words';
import { Conversation } from './conversation';
import { CounterOfferDialog } from './counter-offer-dialog';
import type { CounterOfferTask } from './counter-offer-dialog';
import { DisputeNote } from './dispute-note';
import { negotiationOf, shortOf } from './negotiation';
import { OfferOnTable } from './offer-on-table';
import { actionFaces, isFilled } from './request-actions';
import type { ActionFace, AskedAction } from './request-actions';
import { RequestStore } from './request-store';
import { Reviews } from './reviews';
import { StatusChip } from './status-chip';
import { Timeline } from './timeline';

/** One request: where it stands, live, and what may be done about it. */
@Component({
  selector: 'app-request-page',
  imports: [
    Conversation,
    DisputeNote,
    HoursPipe,
    Initials,
    LoadFailed,
    MatButton,
    OfferOnTable,
    PageHeading,
    Reviews,
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
  readonly #balance = inject(BalanceStore);
  protected readonly store = inject(RequestStore);
  readonly requestId = input.required<string>();

  protected readonly steps = computed(() => this.store.standing()?.steps ?? []);
  protected readonly reason = computed(() => reasonWords(this.store.view()?.request.statusReason));
  protected readonly actions = computed(() => {
    const view = this.store.view();
    return view ? actionFaces(view) : [];
  });
  protected readonly mayDispute = computed(
    () => this.store.view()?.actions.some(({ event }) => event === 'OPEN_DISPUTE') ?? false,
  );
  protected readonly negotiation = computed(() => {
    const view = this.store.view();
    return view && negotiationOf(view, this.steps());
  });
  protected readonly available = computed(() => this.#balance.balance()?.available);
  /** Why the offer on the table cannot be accepted: the viewer has too few hours. */
  protected readonly blocked = computed(() => {
    const view = this.store.view();
    const extra = this.negotiation()?.extra ?? 0;
    return view?.viewer === 'REQUESTER' && view.needsMe ? shortOf(extra, this.#balance.balance()) : undefined;
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
    await (isFilled(face) ? this.#counterOffer() : this.#askAndRun(face));
  }

  async #askAndRun(face: AskedAction): Promise<void> {
    const confirmed = await this.#ask.confirm(face.question);
    if (!confirmed) return;
    try {
      await this.store.act((client) => face.run(client, confirmed.note));
      this.#say.done(face.done);
    } catch (error) {
      this.#say.failed(error);
    }
  }

  async #counterOffer(): Promise<void> {
    const view = this.store.view();
    if (!view) return;
    const sent = await this.#ask.fill<boolean>(CounterOfferDialog, {
      view,
      send: (offer) => this.store.act((client) => client.counterOffer(view.request, offer)),
    } satisfies CounterOfferTask);
    if (sent) {
      this.#say.done($localize`:@@action.counter.done:Sent. It is ${view.otherName}:name:'s turn to answer.`);
    }
  }
}
