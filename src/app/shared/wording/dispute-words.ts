import type { DisputeStatus } from '../../../../domain/dispute';
import type { StatusLook } from './status-words';

/** The status of a dispute in a word or two, the same to everybody. */
export function disputeStatusWords(status: DisputeStatus): string {
  switch (status) {
    case 'OPEN':
      return $localize`:@@dispute.status.open:Being opened`;
    case 'AWAITING_DECISION':
      return $localize`:@@dispute.status.awaiting:Awaiting a decision`;
    case 'RESOLVED':
      return $localize`:@@dispute.status.resolved:Decided`;
    case 'SETTLED':
      return $localize`:@@dispute.status.settled:Settled`;
    case 'DISMISSED':
      return $localize`:@@dispute.status.dismissed:Dismissed`;
    case 'LAPSED':
      return $localize`:@@dispute.status.lapsed:Lapsed`;
  }
}

export function disputeStatusLook(status: DisputeStatus): StatusLook {
  switch (status) {
    case 'OPEN':
      return 'go';
    case 'AWAITING_DECISION':
      return 'wait';
    case 'RESOLVED':
    case 'SETTLED':
      return 'good';
    case 'DISMISSED':
    case 'LAPSED':
      return 'over';
  }
}
