import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { isOver } from '../../../domain/dispute';
import type { Dispute } from '../shared/api/dispute';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { LookChip } from '../shared/layout/look-chip';
import { Countdown } from '../shared/time/countdown';
import { MomentPipe } from '../shared/time/moment-pipe';
import { disputeStatusLook, disputeStatusWords } from '../shared/wording/dispute-words';
import { AgeChip } from './age-chip';

/** One dispute among others: about what, between whom, how long it has waited and how long it can. */
@Component({
  selector: 'app-dispute-card',
  imports: [AgeChip, Countdown, HoursPipe, LookChip, MomentPipe, RouterLink],
  template: `
    <div class="top">
      @if (over()) {
        <app-look-chip [look]="look(dispute().status)" [words]="words(dispute().status)" />
      } @else {
        <app-age-chip [dispute]="dispute()" />
      }
      <strong class="number hours">{{ dispute().amount | hours }}</strong>
    </div>
    <h2>
      <a class="cover" [routerLink]="['/admin/disputes', dispute().id]">{{ dispute().serviceTitle }}</a>
    </h2>
    <p class="muted small" i18n>{{ opener() }} against {{ opposed() }}</p>
    <p class="reason">{{ dispute().reason }}</p>
    @if (over()) {
      <p class="muted small number">{{ dispute().decidedAt ?? dispute().updatedAt | moment }}</p>
    } @else {
      <p class="small">
        @if (dispute().expiresAt; as expiresAt) {
          <span>
            <ng-container i18n>Hours go back in</ng-container>
            {{ ' ' }}
            <app-countdown [until]="expiresAt" />
          </span>
        }
        @if (dispute().proposal) {
          <span class="proposal" i18n>a settlement is proposed</span>
        }
      </p>
    }
  `,
  styles: `
    :host {
      gap: 6px;
      padding: 18px 20px;
      align-content: start;
    }
    .top {
      display: flex;
      gap: 8px;
      align-items: center;
      justify-content: space-between;
      min-block-size: 28px;
      margin-block-end: 4px;
    }
    h2 {
      font:
        620 1.0625rem / 1.35 'Roboto Flex Variable',
        sans-serif;
    }
    .hours {
      font-size: 1.125rem;
    }
    .reason {
      overflow-wrap: anywhere;
      font: var(--mat-sys-body-medium);
    }
    .small {
      display: flex;
      flex-wrap: wrap;
      gap: 0 12px;
    }
    .proposal {
      color: var(--mat-sys-primary);
      font-weight: 550;
    }
  `,
  host: { class: 'card card-link' },
})
export class DisputeCard {
  readonly dispute = input.required<Dispute>();
  protected readonly look = disputeStatusLook;
  protected readonly words = disputeStatusWords;
  protected readonly over = computed(() => isOver(this.dispute()));
  protected readonly opener = computed(() => this.#byRole().opener);
  protected readonly opposed = computed(() => this.#byRole().opposed);

  readonly #byRole = computed(() => {
    const { openedByRole, requesterName, providerName } = this.dispute();
    return openedByRole === 'REQUESTER'
      ? { opener: requesterName, opposed: providerName }
      : { opener: providerName, opposed: requesterName };
  });
}
