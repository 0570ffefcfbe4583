import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import {
  mdiCalendarClockOutline,
  mdiHandshakeOutline,
  mdiMessageReplyTextOutline,
  mdiScaleBalance,
  mdiSnowflake,
} from '@mdi/js';
import { allowedActions } from '../../../domain/actions';
import { WAITS } from '../../../domain/deadlines';
import { DAY } from '../../../domain/instant';
import { partyOf } from '../../../domain/request';
import { ApiError } from '../shared/api/api-error';
import { DisputeClient } from '../shared/api/dispute-client';
import { ProgressStore } from '../shared/api/progress-store';
import { RequestClient } from '../shared/api/request-client';
import { factsOf } from '../shared/api/request-facts';
import type { ServiceRequest } from '../shared/api/service-request';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { formatHours } from '../shared/hours/format-hours';
import { Icon } from '../shared/icon/icon';
import { PageHeading } from '../shared/layout/page-heading';
import { SessionStore } from '../shared/session/session-store';
import { OpenDisputeForm } from './open-dispute-form';

const LASTS = WAITS.DISPUTED?.lasts;
const DAYS_UNTIL_LAPSE = typeof LASTS === 'number' ? LASTS / DAY : 0;

/** Opening a dispute: what it is about, and what will happen then. */
@Component({
  selector: 'app-open-dispute-page',
  imports: [Icon, LoadFailed, MatButton, OpenDisputeForm, PageHeading, RouterLink, Skeleton],
  templateUrl: './open-dispute-page.html',
  styleUrl: './open-dispute-page.scss',
})
export class OpenDisputePage {
  readonly #requests = inject(RequestClient);
  readonly #disputes = inject(DisputeClient);
  readonly #session = inject(SessionStore);
  readonly #progress = inject(ProgressStore);
  readonly #router = inject(Router);
  readonly #say = inject(Say);
  readonly requestId = input.required<string>();

  protected readonly request = resource({
    params: () => this.requestId(),
    loader: ({ params }) => this.#requests.get(params),
  });
  protected readonly case = computed(() =>
    this.request.hasValue() ? this.#caseOf(this.request.value()) : undefined,
  );
  protected readonly sequel = computed(() => {
    const { request, otherName } = this.case() ?? {};
    return request && otherName !== undefined ? whatHappens(request, otherName) : [];
  });

  /** Opens it and leads to its page. */
  protected readonly open = async (reason: string, statement: string): Promise<void> => {
    try {
      const dispute = await this.#disputes.open(this.requestId(), reason, statement);
      this.#progress.tell({ kind: 'REQUEST', requestId: dispute.requestId, revision: undefined });
      this.#say.done(
        $localize`:@@dispute.opened:The dispute is open. The hours are frozen until it is over.`,
      );
      await this.#router.navigate(['/disputes', dispute.id], { replaceUrl: true });
    } catch (error) {
      // Refused for what has happened meanwhile: show it.
      if (error instanceof ApiError && error.code !== 'OFFLINE') this.request.reload();
      throw error;
    }
  };

  #caseOf(request: ServiceRequest) {
    const viewer = partyOf(request, this.#session.member()?.id ?? '');
    if (!viewer) return undefined;
    return {
      request,
      viewer,
      otherName: viewer === 'REQUESTER' ? request.providerName : request.requesterName,
      mayOpen: allowedActions(factsOf(request), viewer).some(({ event }) => event === 'OPEN_DISPUTE'),
    };
  }
}

/** What follows when a dispute is opened, in order. */
function whatHappens(request: ServiceRequest, otherName: string) {
  const hours = formatHours(request.amount);
  return [
    {
      icon: mdiSnowflake,
      words: $localize`:@@dispute.sequel.frozen:The ${hours}:hours: are frozen. Nobody gets them, and the clock of the request stops.`,
    },
    {
      icon: mdiMessageReplyTextOutline,
      words: $localize`:@@dispute.sequel.told:${otherName}:name: is told, and can answer. Both of you can add statements, pictures and PDFs.`,
    },
    {
      icon: mdiHandshakeOutline,
      words: $localize`:@@dispute.sequel.settle:You can settle it between you at any time, by dividing the hours as you both see fit.`,
    },
    {
      icon: mdiScaleBalance,
      words: $localize`:@@dispute.sequel.decide:Else an admin decides: the hours are paid, given back or divided, or the request goes on where it stopped.`,
    },
    {
      icon: mdiCalendarClockOutline,
      words: $localize`:@@dispute.sequel.lapse:If nobody has decided after ${DAYS_UNTIL_LAPSE}:days: days, all the hours go back to ${request.requesterName}:name:.`,
    },
  ];
}
