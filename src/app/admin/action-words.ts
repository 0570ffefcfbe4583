import { codeOf } from '../shared/api/api-error';
import type { AdminAction } from '../shared/api/account-client';
import { formatHours } from '../shared/hours/format-hours';
import { errorWords } from '../shared/wording/error-words';

/** What was done to an account, in a word or two. */
export function actionWords({ kind, hours }: AdminAction): string {
  switch (kind) {
    case 'ADJUSTMENT':
      return formatHours(hours ?? 0, { signed: true });
    case 'LOCK':
      return $localize`:@@adminAction.lock:Locked`;
    case 'UNLOCK':
      return $localize`:@@adminAction.unlock:Opened again`;
  }
}

/** What has become of an adjustment, in a sentence. */
export function adjustmentWords(action: AdminAction, memberName: string): string {
  const hours = actionWords(action);
  switch (action.status) {
    case 'REQUESTED':
      return $localize`:@@adjustment.requested:On its way: ${hours}:hours: for ${memberName}:name:…`;
    case 'DONE':
      return $localize`:@@adjustment.done:Done: ${hours}:hours: for ${memberName}:name:.`;
    case 'REFUSED':
      return $localize`:@@adjustment.refused:Not done: ${hours}:hours: for ${memberName}:name:. ${refusalWords(action.refusal)}:why:`;
  }
}

/** Why something about an account was refused, to the admin: the account is not their own. */
export function refusalWords(code: string | undefined): string {
  switch (code) {
    case 'INSUFFICIENT_HOURS':
      return $localize`:@@admin.refused.short:There are not so many hours available.`;
    case 'ACCOUNT_LOCKED':
      return $localize`:@@admin.refused.locked:The account is locked. Open it first.`;
    case 'NOT_FOUND':
      return $localize`:@@admin.refused.notFound:There is no such account.`;
    default:
      return $localize`:@@admin.refused.other:The account has changed meanwhile. Look at it again.`;
  }
}

/** What went wrong, in words for the admin. */
export function adminErrorWords(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'INSUFFICIENT_HOURS':
    case 'ACCOUNT_LOCKED':
    case 'NOT_FOUND':
      return refusalWords(code);
    case 'ALREADY_ANSWERED':
      return $localize`:@@admin.refused.already:That has been done already.`;
    default:
      return errorWords(error);
  }
}
