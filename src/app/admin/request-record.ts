import { Component, computed, input } from '@angular/core';
import type { Dispute } from '../shared/api/dispute';
import type { Step } from '../shared/api/service-request';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { MomentPipe } from '../shared/time/moment-pipe';
import { recordWords } from './record-words';

/** Everything that happened to a request, in order, with what was said and offered. */
@Component({
  selector: 'app-request-record',
  imports: [HoursPipe, MomentPipe],
  template: `
    <ol>
      @for (step of lines(); track step.revision) {
        <li>
          <time class="muted small number" [attr.datetime]="step.at">{{ step.at | moment }}</time>
          <div>
            <p>{{ step.words }}</p>
            @if (step.terms; as terms) {
              <p class="small muted number">
                {{ terms.hours | hours }} × {{ terms.rate }} = {{ terms.amount | hours }}
              </p>
            }
            @if (step.note; as note) {
              <blockquote>{{ note }}</blockquote>
            }
          </div>
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: grid;
    }
    li {
      display: grid;
      grid-template-columns: 112px minmax(0, 1fr);
      gap: 12px;
      align-items: baseline;
      padding-block: 10px;
    }
    li + li {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    blockquote {
      margin: 4px 0 0;
      padding: 4px 12px;
      border-inline-start: 3px solid var(--mat-sys-outline-variant);
      color: var(--mat-sys-on-surface-variant);
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class RequestRecord {
  readonly dispute = input.required<Dispute>();
  readonly steps = input.required<readonly Step[]>();
  protected readonly lines = computed(() =>
    this.steps().map((step) => ({ ...step, words: recordWords(step.event, step.actorRole, this.dispute()) })),
  );
}
