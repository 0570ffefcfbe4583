import type { MemberNotification } from '../shared/api/notification-client';

/** Where a notification leads: to what must be done or read now; nothing where there is nothing more to see. */
export function notificationLink({
  kind,
  requestId,
  disputeId,
}: Pick<MemberNotification, 'kind' | 'requestId' | 'disputeId'>): readonly string[] | undefined {
  switch (kind) {
    case 'HOURS_ADJUSTED':
    case 'ACCOUNT_LOCKED':
    case 'ACCOUNT_UNLOCKED':
      return ['/wallet'];
    case 'DISPUTE_UNDECIDED':
      return disputeId === undefined ? ['/admin/disputes'] : ['/admin/disputes', disputeId];
    // The page of a dispute sends on admins who are no party to it.
    case 'DISPUTE_OPENED':
    case 'DISPUTE_DISMISSED':
    case 'SETTLEMENT_PROPOSED':
    case 'SETTLEMENT_DECLINED':
    case 'EVIDENCE_ADDED':
    case 'HOURS_REFUNDED':
    case 'HOURS_PARTLY_REFUNDED':
    case 'HOURS_PARTLY_RECEIVED':
      return disputeId === undefined ? toRequest(requestId) : ['/disputes', disputeId];
    case 'REQUEST_RECEIVED':
    case 'REQUEST_REFUSED':
    case 'REQUEST_ACCEPTED':
    case 'REQUEST_DECLINED':
    case 'COUNTER_OFFER_RECEIVED':
    case 'HOURS_SHORT':
    case 'REQUEST_WITHDRAWN':
    case 'REQUEST_EXPIRED':
    case 'REQUEST_FAILED':
    case 'WORK_DELIVERED':
    case 'WORK_CALLED_OFF':
    case 'WORK_LAPSED':
    case 'CHANGES_REQUESTED':
    case 'CONFIRMATION_DUE':
    case 'HOURS_RECEIVED':
    case 'HOURS_PAID':
    case 'MESSAGE_RECEIVED':
    case 'REVIEW_PUBLISHED':
    case undefined:
      return toRequest(requestId);
  }
}

const toRequest = (requestId: string | undefined): readonly string[] | undefined =>
  requestId === undefined ? undefined : ['/requests', requestId];
