import { maxLength, pattern, required, requiredError, schema, validate } from '@angular/forms/signals';
import { MAX_TEXT } from '../../../domain/commands';
import { MAX_REASON } from '../../../domain/dispute';
import type { Party } from '../../../domain/life-cycle';

/** The choice of none of the suggested reasons. */
export const ANOTHER = 'ANOTHER';

/** What whoever opens a dispute fills in. */
export interface Complaint {
  /** One of `suggestedReasons`, `ANOTHER`, or nothing yet. */
  readonly choice: string;
  /** With `ANOTHER`, the reason in one's own words. */
  readonly reason: string;
  readonly statement: string;
}

/** Reasons that are offered for choice; they are kept as they are worded. */
export const suggestedReasons = (party: Party): readonly string[] =>
  party === 'REQUESTER'
    ? [
        $localize`:@@dispute.reason.notDone:It was not done`,
        $localize`:@@dispute.reason.partly:Only part of it was done`,
        $localize`:@@dispute.reason.otherwise:It is not what we agreed`,
        $localize`:@@dispute.reason.damage:Something was damaged`,
      ]
    : [
        $localize`:@@dispute.reason.notConfirmed:It is done, but is not confirmed`,
        $localize`:@@dispute.reason.notLetIn:I was not let in to do it`,
        $localize`:@@dispute.reason.more:More is asked than we agreed`,
      ];

export const complaintSchema = schema<Complaint>((path) => {
  required(path.choice, { message: $localize`:@@dispute.reason.required:Choose what comes closest.` });
  maxLength(path.reason, MAX_REASON, {
    message: $localize`:@@dispute.tooLong:Use at most ${MAX_REASON}:count: characters.`,
  });
  validate(path.reason, ({ value, valueOf }) =>
    valueOf(path.choice) === ANOTHER && value().trim() === ''
      ? requiredError({ message: $localize`:@@dispute.reason.own:Say in a few words what it is about.` })
      : undefined,
  );
  const unsaid = $localize`:@@dispute.statement.required:Tell what happened, so that somebody who was not there can follow.`;
  required(path.statement, { message: unsaid });
  pattern(path.statement, /\S/, { message: unsaid });
  maxLength(path.statement, MAX_TEXT, {
    message: $localize`:@@dispute.tooLong:Use at most ${MAX_TEXT}:count: characters.`,
  });
});

export const reasonOf = ({ choice, reason }: Complaint): string =>
  choice === ANOTHER ? reason.trim() : choice;
