import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { isOver } from '../../../domain/dispute';
import { partyOf } from '../../../domain/request';
import { codeOf } from '../shared/api/api-error';
import type { Decided } from '../shared/api/dispute-client';
import { sharesFor } from '../shared/disputes/shares';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { SharesBar } from '../shared/hours/shares-bar';
import { LookChip } from '../shared/layout/look-chip';
import { PageHeading } from '../shared/layout/page-heading';
import { PageTitle } from '../shared/layout/page-title';
import { SessionStore } from '../shared/session/session-store';
import { Countdown } from '../shared/time/countdown';
import { MomentPipe } from '../shared/time/moment-pipe';
import { disputeStatusLook, disputeStatusWords } from '../shared/wording/dispute-words';
import { AgeChip } from './age-chip';
import { DecisionForm } from './decision-form';
import { DisputeCaseStore } from './dispute-case-store';
import { PartySide } from './party-side';
import { RequestLedger } from './request-ledger';
import { RequestRecord } from './request-record';

/** One dispute before an admin: both sides, the whole record of the request, its hours, and the decision. */
@Component({
  selector: 'app-dispute-case-page',
  imports: [
    AgeChip,
    Countdown,
    DecisionForm,
    HoursPipe,
    LoadFailed,
    LookChip,
    MomentPipe,
    PageHeading,
    PartySide,
    RequestLedger,
    RequestRecord,
    RouterLink,
    SharesBar,
    Skeleton,
  ],
  providers: [DisputeCaseStore],
  templateUrl: './dispute-case-page.html',
  styleUrl: './dispute-case-page.scss',
})
export class DisputeCasePage {
  readonly #say = inject(Say);
  readonly #session = inject(SessionStore);
  protected readonly store = inject(DisputeCaseStore);
  readonly disputeId = input.required<string>();

  protected readonly look = disputeStatusLook;
  protected readonly words = disputeStatusWords;
  protected readonly over = computed(() => {
    const shown = this.store.case();
    return shown !== undefined && isOver(shown.dispute);
  });
  /** The admin is a party, and decides nothing here. */
  protected readonly partial = computed(() => {
    const shown = this.store.case();
    return shown !== undefined && partyOf(shown.dispute, this.#session.member()?.id ?? '') !== undefined;
  });
  /** A decision came too late: the parties or another admin were faster. */
  protected readonly tooLate = signal(false);
  protected readonly proposal = computed(() => this.#bars(this.store.case()?.dispute.proposal?.refundHours));
  protected readonly outcome = computed(() => this.#bars(this.store.case()?.dispute.refundHours));
  protected readonly proposer = computed(() => {
    const dispute = this.store.case()?.dispute;
    return dispute?.proposal?.by === 'REQUESTER' ? dispute.requesterName : dispute?.providerName;
  });

  /** Sends a decision. One that came too late is told above the page, for the form is gone by then. */
  protected readonly decide = async (decided: Decided): Promise<void> => {
    this.tooLate.set(false);
    try {
      await this.store.decide(decided);
      this.#say.done($localize`:@@decision.done:Decided. Both are being told.`);
    } catch (error) {
      if (codeOf(error) !== 'ALREADY_ANSWERED') throw error;
      this.tooLate.set(true);
    }
  };

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const disputeId = this.disputeId();
      untracked(() => {
        this.tooLate.set(false);
        void this.store.open(disputeId);
      });
    });
    effect(() => {
      const dispute = this.store.case()?.dispute;
      title.name(
        dispute
          ? $localize`:@@title.disputeAbout:Dispute about ${dispute.serviceTitle}:title:`
          : $localize`:@@title.dispute:Dispute`,
      );
    });
  }

  #bars(refundHours: number | undefined) {
    const dispute = this.store.case()?.dispute;
    if (!dispute || refundHours === undefined) return undefined;
    const shares = sharesFor(dispute, refundHours);
    return {
      first: { label: dispute.requesterName, hours: shares.requester },
      second: { label: dispute.providerName, hours: shares.provider },
    };
  }
}
