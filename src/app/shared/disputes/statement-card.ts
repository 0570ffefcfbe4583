import { Component, input } from '@angular/core';
import { Initials } from '../layout/initials';
import { MomentPipe } from '../time/moment-pipe';

/** What one side says in a dispute. */
@Component({
  selector: 'app-statement-card',
  imports: [Initials, MomentPipe],
  template: `
    <app-initials [name]="author()" />
    <div>
      <p>
        <strong>{{ by() }}</strong>
        {{ ' ' }}
        <time class="muted small number" [attr.datetime]="at()">{{ at() | moment }}</time>
      </p>
      @if (reason(); as words) {
        <p class="reason">{{ words }}</p>
      }
      <p class="text">{{ text() }}</p>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 12px;
    }
    div {
      display: grid;
      gap: 4px;
    }
    .reason {
      font-weight: 600;
    }
    .text {
      max-inline-size: 65ch;
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class StatementCard {
  /** The name of whoever says it. */
  readonly author = input.required<string>();
  /** That name as it is told: "You" to themselves. */
  readonly by = input.required<string>();
  /** Why the dispute was opened; only with the statement that opened it. */
  readonly reason = input<string>();
  readonly text = input.required<string>();
  readonly at = input.required<string>();
}
