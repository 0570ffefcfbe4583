import { Component, computed, input } from '@angular/core';
import { MAX_ROUNDS } from '../../../domain/life-cycle';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { MomentPipe } from '../shared/time/moment-pipe';
import type { Negotiation } from './negotiation';
import type { RequestView } from './request-view';

/** The terms that are negotiated: who offers what, what it would mean for the viewer, and what was offered before. */
@Component({
  selector: 'app-offer-on-table',
  imports: [HoursPipe, MomentPipe],
  templateUrl: './offer-on-table.html',
  styleUrl: './offer-on-table.scss',
})
export class OfferOnTable {
  readonly view = input.required<RequestView>();
  readonly negotiation = input.required<Negotiation>();
  /** The viewer's available hours; nothing while they are not known. */
  readonly available = input.required<number | undefined>();
  /** Why the viewer cannot accept, in words. */
  readonly blocked = input.required<string | undefined>();

  protected readonly rounds = MAX_ROUNDS;
  protected readonly isMine = computed(() => this.negotiation().by === this.view().viewer);
  protected readonly pays = computed(() => this.view().viewer === 'REQUESTER');
  protected readonly before = computed(() => this.negotiation().earlier.at(0)?.terms);
  protected readonly back = computed(() => -this.negotiation().extra);
  protected readonly isLastRound = computed(() => this.negotiation().round >= MAX_ROUNDS);
  protected readonly cannotBeAccepted = computed(
    () => this.view().needsMe && !this.view().actions.some(({ event }) => event === 'ACCEPT'),
  );
}
