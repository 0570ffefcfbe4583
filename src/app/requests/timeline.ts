import { Component, computed, input } from '@angular/core';
import type { RequestEvent } from '../../../domain/life-cycle';
import type { Step } from '../shared/api/service-request';
import { formatHours } from '../shared/hours/format-hours';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Countdown } from '../shared/time/countdown';
import { MomentPipe } from '../shared/time/moment-pipe';
import { stepWords } from '../shared/wording/step-words';
import { nextWords } from './next-words';
import { deadlineWords, nowWords } from './now-words';
import type { RequestView } from './request-view';

/** Steps of the system that say nothing to a member once the next one has happened. */
const QUIET: readonly RequestEvent[] = ['START_VALIDATION', 'TELL_PROVIDER', 'START_WORK'];

/** What was done, what is now (who must act, and until when), and what comes next. */
@Component({
  selector: 'app-timeline',
  imports: [Countdown, HoursPipe, MomentPipe],
  templateUrl: './timeline.html',
  styleUrl: './timeline.scss',
})
export class Timeline {
  readonly view = input.required<RequestView>();
  readonly steps = input.required<readonly Step[]>();

  protected readonly done = computed(() => {
    const { viewer, otherName, request } = this.view();
    const asked = this.steps().find(({ event }) => event === 'SUBMIT')?.terms?.amount;
    return this.steps()
      .filter(({ event }) => !QUIET.includes(event))
      .map((step) => ({
        ...step,
        words: stepWords({
          event: step.event,
          actorRole: step.actorRole,
          viewer,
          otherName,
          // What is agreed later may be another amount than what was held at first.
          hours: formatHours(step.event === 'HOLD_HOURS' ? (asked ?? request.amount) : request.amount),
        }),
        offered: step.event === 'COUNTER_OFFER' ? step.terms : undefined,
      }));
  });
  protected readonly now = computed(() => nowWords(this.view()));
  protected readonly until = computed(() => {
    const { request, ended } = this.view();
    return ended || request.pendingEvent !== undefined ? undefined : request.expiresAt;
  });
  protected readonly then = computed(() => deadlineWords(this.view()));
  protected readonly next = computed(() => nextWords(this.view()));
}
