import {
  mdiAlertOutline,
  mdiBellOutline,
  mdiCashCheck,
  mdiCheck,
  mdiCheckDecagramOutline,
  mdiClose,
  mdiCommentQuestionOutline,
  mdiHandWaveOutline,
  mdiPencilOutline,
  mdiTimerOffOutline,
  mdiTimerSandEmpty,
  mdiUndoVariant,
} from '@mdi/js';
import type { NotificationKind } from '../../../domain/notifications';

export const UNKNOWN_ICON = mdiBellOutline;

/** A picture for each kind, beside its words. */
export const NOTIFICATION_ICONS: Readonly<Record<NotificationKind, string>> = {
  REQUEST_RECEIVED: mdiHandWaveOutline,
  REQUEST_REFUSED: mdiClose,
  REQUEST_ACCEPTED: mdiCheck,
  REQUEST_DECLINED: mdiClose,
  COUNTER_OFFER_RECEIVED: mdiCommentQuestionOutline,
  HOURS_SHORT: mdiAlertOutline,
  REQUEST_WITHDRAWN: mdiUndoVariant,
  REQUEST_EXPIRED: mdiTimerOffOutline,
  WORK_DELIVERED: mdiCheckDecagramOutline,
  WORK_CALLED_OFF: mdiUndoVariant,
  WORK_LAPSED: mdiTimerOffOutline,
  CHANGES_REQUESTED: mdiPencilOutline,
  CONFIRMATION_DUE: mdiTimerSandEmpty,
  HOURS_RECEIVED: mdiCashCheck,
  HOURS_PAID: mdiCashCheck,
  HOURS_REFUNDED: mdiUndoVariant,
  HOURS_PARTLY_REFUNDED: mdiUndoVariant,
  HOURS_PARTLY_RECEIVED: mdiCashCheck,
  DISPUTE_OPENED: mdiAlertOutline,
  DISPUTE_DISMISSED: mdiAlertOutline,
  DISPUTE_UNDECIDED: mdiTimerSandEmpty,
  REQUEST_FAILED: mdiAlertOutline,
};
