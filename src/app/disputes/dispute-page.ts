import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { partyOf } from '../../../domain/request';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { SharesBar } from '../shared/hours/shares-bar';
import { Initials } from '../shared/layout/initials';
import { LookChip } from '../shared/layout/look-chip';
import { PageHeading } from '../shared/layout/page-heading';
import { PageTitle } from '../shared/layout/page-title';
import { SessionStore } from '../shared/session/session-store';
import { Countdown } from '../shared/time/countdown';
import { MomentPipe } from '../shared/time/moment-pipe';
import { disputeStatusLook, disputeStatusWords } from '../shared/wording/dispute-words';
import { DisputeStore } from './dispute-store';
import { sidesOf } from './dispute-view';
import type { DisputeView } from './dispute-view';
import { EvidenceFiles } from './evidence-files';
import { Settlement } from './settlement';
import { lapseWords, resumeWords, standingWords } from './standing-words';
import { Statements } from './statements';

/** One dispute as its parties see it: where it stands, live, what both say, and how it may be settled. */
@Component({
  selector: 'app-dispute-page',
  imports: [
    Countdown,
    EvidenceFiles,
    HoursPipe,
    Initials,
    LoadFailed,
    LookChip,
    MomentPipe,
    PageHeading,
    RouterLink,
    Settlement,
    SharesBar,
    Skeleton,
    Statements,
  ],
  providers: [DisputeStore],
  templateUrl: './dispute-page.html',
  styleUrl: './dispute-page.scss',
})
export class DisputePage {
  readonly #router = inject(Router);
  readonly #session = inject(SessionStore);
  protected readonly store = inject(DisputeStore);
  readonly disputeId = input.required<string>();

  protected readonly look = disputeStatusLook;
  protected readonly words = disputeStatusWords;
  protected readonly standing = computed(() => this.#told(standingWords));
  protected readonly lapse = computed(() => this.#told(lapseWords));
  protected readonly resumes = computed(() => this.#told(resumeWords));
  /** Who got what, once it is over and hours have moved. */
  protected readonly outcome = computed(() => {
    const view = this.store.view();
    if (view?.dispute.refundHours === undefined || !view.over) return undefined;
    const { mine, theirs } = sidesOf(view.dispute, view.viewer, view.dispute.refundHours);
    return {
      first: { label: $localize`:@@share.mine.past:You got`, hours: mine },
      second: { label: $localize`:@@share.theirs.past:${view.otherName}:name: got`, hours: theirs },
    };
  });

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const disputeId = this.disputeId();
      untracked(() => void this.store.open(disputeId));
    });
    effect(() => {
      const dispute = this.store.dispute();
      title.name(
        dispute
          ? $localize`:@@title.disputeAbout:Dispute about ${dispute.serviceTitle}:title:`
          : $localize`:@@title.dispute:Dispute`,
      );
    });
    // Whoever sees a dispute without being a party is an admin, and decides it elsewhere.
    effect(() => {
      const dispute = this.store.dispute();
      const memberId = this.#session.member()?.id ?? '';
      if (!dispute || !this.#session.isAdmin() || partyOf(dispute, memberId)) return;
      void this.#router.navigate(['/admin/disputes', dispute.id], { replaceUrl: true });
    });
  }

  #told(words: (view: DisputeView) => string): string | undefined {
    const view = this.store.view();
    return view && words(view);
  }
}
