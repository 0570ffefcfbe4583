import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Party } from '../../../domain/life-cycle';
import type { Dispute, Evidence, EvidenceFile, Statement } from '../shared/api/dispute';
import { FileCard } from '../shared/disputes/file-card';
import { Initials } from '../shared/layout/initials';
import { MomentPipe } from '../shared/time/moment-pipe';

/** One side of a dispute: who it is, and everything they said and showed. */
@Component({
  selector: 'app-party-side',
  imports: [FileCard, Initials, MomentPipe, RouterLink],
  templateUrl: './party-side.html',
  styles: `
    :host {
      align-content: start;
      gap: 16px;
    }
    .who {
      display: flex;
      gap: 12px;
      align-items: center;
      color: inherit;
      text-decoration: none;
    }
    .who span {
      display: grid;
    }
    .who:hover strong {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    .said {
      display: grid;
      gap: 14px;
    }
    .reason {
      font-weight: 600;
    }
    .text {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    .files {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 120px), 1fr));
      gap: 10px;
    }
    .files li {
      display: grid;
    }
  `,
  host: { class: 'card' },
})
export class PartySide {
  readonly dispute = input.required<Dispute>();
  readonly evidence = input.required<readonly Evidence[]>();
  readonly party = input.required<Party>();

  protected readonly name = computed(() =>
    this.party() === 'REQUESTER' ? this.dispute().requesterName : this.dispute().providerName,
  );
  protected readonly memberId = computed(() =>
    this.party() === 'REQUESTER' ? this.dispute().requesterId : this.dispute().providerId,
  );
  protected readonly opened = computed(() => this.dispute().openedByRole === this.party());
  readonly #own = computed(() => this.evidence().filter(({ authorRole }) => authorRole === this.party()));
  protected readonly statements = computed(() =>
    this.#own().filter((laid): laid is Statement => laid.kind === 'STATEMENT'),
  );
  protected readonly files = computed(() =>
    this.#own().filter((laid): laid is EvidenceFile => laid.kind === 'FILE'),
  );
  protected readonly silent = computed(() => !this.opened() && this.#own().length === 0);
}
