import { Component, computed, input } from '@angular/core';
import type { Dispute } from '../shared/api/dispute';
import type { PostingKind, RequestLedger as Ledger } from '../shared/api/request-ledger-client';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { MomentPipe } from '../shared/time/moment-pipe';

/** What moved the hours of a request: each posting with the accounts that it touched, and what is held now. */
@Component({
  selector: 'app-request-ledger',
  imports: [HoursPipe, MomentPipe],
  template: `
    @if (ledger().hold; as hold) {
      <dl class="number">
        <div>
          <dt i18n>Held in all</dt>
          <dd>{{ hold.amount | hours }}</dd>
        </div>
        <div>
          <dt i18n>Paid</dt>
          <dd>{{ hold.released | hours }}</dd>
        </div>
        <div>
          <dt i18n>Given back</dt>
          <dd>{{ hold.refunded | hours }}</dd>
        </div>
        <div>
          <dt i18n>Frozen</dt>
          <dd>
            @if (hold.frozenBy) {
              <ng-container i18n>yes</ng-container>
            } @else {
              <ng-container i18n>no</ng-container>
            }
          </dd>
        </div>
      </dl>
    }
    <table class="number">
      <caption class="visually-hidden" i18n>
        Postings
      </caption>
      <thead>
        <tr class="small muted">
          <th scope="col" i18n>Account</th>
          <th scope="col" i18n>Available</th>
          <th scope="col" i18n>Held</th>
        </tr>
      </thead>
      @for (posting of postings(); track posting.transactionId) {
        <tbody>
          <tr class="posting">
            <th scope="rowgroup" colspan="3">
              {{ posting.words }}
              <time class="muted small" [attr.datetime]="posting.at">{{ posting.at | moment }}</time>
            </th>
          </tr>
          @for (entry of posting.entries; track entry.id) {
            <tr>
              <th scope="row">{{ entry.name }}</th>
              <td>{{ entry.amount | hours: 'signed' }}</td>
              <td>{{ entry.heldDelta | hours: 'signed' }}</td>
            </tr>
          }
        </tbody>
      } @empty {
        <tbody>
          <tr>
            <td colspan="3" class="muted" i18n>No hours have moved.</td>
          </tr>
        </tbody>
      }
    </table>
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
    }
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 24px;
    }
    dt {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }
    dd {
      font-weight: 600;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 4px 0 4px 12px;
      font-weight: 400;
      text-align: end;
      vertical-align: baseline;
    }
    th:first-child,
    td[colspan] {
      padding-inline-start: 0;
      text-align: start;
    }
    td {
      white-space: nowrap;
    }
    .posting th {
      padding-block-start: 12px;
      border-block-start: 1px solid var(--mat-sys-outline-variant);
      font-weight: 600;
    }
    tr:last-child > * {
      padding-block-end: 12px;
    }
  `,
})
export class RequestLedger {
  readonly dispute = input.required<Dispute>();
  readonly ledger = input.required<Ledger>();

  protected readonly postings = computed(() =>
    this.ledger().postings.map((posting) => ({
      ...posting,
      words: postingWords(posting.kind),
      entries: posting.entries.map((entry) => ({ ...entry, name: nameOf(this.dispute(), entry.userId) })),
    })),
  );
}

function postingWords(kind: PostingKind): string {
  switch (kind) {
    case 'HOLD':
      return $localize`:@@posting.hold:Set aside`;
    case 'RESIZE':
      return $localize`:@@posting.resize:Set to what was agreed`;
    case 'RELEASE':
      return $localize`:@@posting.release:Paid`;
    case 'REFUND':
      return $localize`:@@posting.refund:Given back`;
    case 'PARTIAL':
      return $localize`:@@posting.partial:Divided`;
  }
}

const nameOf = (dispute: Dispute, userId: string): string =>
  userId === dispute.requesterId ? dispute.requesterName : dispute.providerName;
