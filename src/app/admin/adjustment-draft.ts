import { pattern, required, schema, validate } from '@angular/forms/signals';
import { MAX_ADMIN_REASON } from '../../../domain/admin-action';
import { MAX_HOURS, MIN_HOURS, hoursSchema, negate } from '../../../domain/hours';
import type { SignedHours } from '../../../domain/hours';

/** What an admin fills in. A sign is chosen, not typed: keyboards of phones have no minus among their digits. */
export interface AdjustmentDraft {
  readonly direction: 'add' | 'take';
  readonly hours: number;
  readonly reason: string;
  readonly belowZero: boolean;
}

export const EMPTY_DRAFT: AdjustmentDraft = { direction: 'add', hours: 1, reason: '', belowZero: false };

/** The hours of an adjustment with their sign; nothing while they are not valid. */
export function signedHours({
  direction,
  hours,
}: Pick<AdjustmentDraft, 'direction' | 'hours'>): SignedHours | undefined {
  const parsed = hoursSchema.safeParse(hours);
  if (!parsed.success) return undefined;
  return direction === 'add' ? parsed.data : negate(parsed.data);
}

/** What will be available after an adjustment, in hours; nothing while it is not valid. */
export function availableAfter(
  draft: Pick<AdjustmentDraft, 'direction' | 'hours'>,
  available: number,
): number | undefined {
  const signed = signedHours(draft);
  return signed === undefined ? undefined : available + signed;
}

/** @param available hours of the member now */
export const adjustmentSchema = (available: () => number) =>
  schema<AdjustmentDraft>((path) => {
    validate(path.hours, ({ value }) =>
      hoursSchema.safeParse(value()).success
        ? undefined
        : {
            kind: 'hours',
            message: $localize`:@@adjustment.hours.invalid:Hours go in quarters, from ${MIN_HOURS}:least: to ${MAX_HOURS}:most:.`,
          },
    );
    const reasonMissing = $localize`:@@adjustment.reason.required:Say why. The member reads it, and it stays on record.`;
    required(path.reason, { message: reasonMissing });
    pattern(path.reason, /\S/, { message: reasonMissing });
    validate(path.reason, ({ value }) => tooLong(value()));
    validate(path.belowZero, ({ value, valueOf }) =>
      value() ||
      (availableAfter({ direction: valueOf(path.direction), hours: valueOf(path.hours) }, available()) ??
        0) >= 0
        ? undefined
        : {
            kind: 'belowZero',
            message: $localize`:@@adjustment.belowZero.required:There are not so many hours available. Take less, or allow it.`,
          },
    );
  });

export interface LockDraft {
  readonly reason: string;
}

export const lockSchema = schema<LockDraft>((path) => {
  const missing = $localize`:@@lock.reason.required:Say why. The member reads it, and it stays on record.`;
  required(path.reason, { message: missing });
  pattern(path.reason, /\S/, { message: missing });
  validate(path.reason, ({ value }) => tooLong(value()));
});

const tooLong = (text: string) =>
  text.trim().length <= MAX_ADMIN_REASON
    ? undefined
    : {
        kind: 'tooLong',
        message: $localize`:@@admin.reason.tooLong:Use at most ${MAX_ADMIN_REASON}:count: characters.`,
      };
