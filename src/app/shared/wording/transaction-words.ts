import type { TransactionType } from '../api/balance-client';
import { formatHours } from '../hours/format-hours';

interface Moved {
  readonly type: TransactionType;
  /** Added to the available balance, hours. */
  readonly amount: number;
  /** Added to the held balance, hours. */
  readonly heldDelta: number;
}

/** What an entry of the log was, told by what it moved. */
export function transactionWords({ type, amount, heldDelta }: Moved): string {
  switch (type) {
    case 'WELCOME_BONUS':
      return $localize`:@@entry.welcome:Welcome to HourBank`;
    case 'ESCROW':
      if (heldDelta === 0) return $localize`:@@entry.sameHold:New terms, the same hours set aside`;
      return heldDelta < 0
        ? $localize`:@@entry.givenBack:Part of a hold given back`
        : $localize`:@@entry.hold:Set aside for a request`;
    case 'TRANSFER':
      return amount > 0 ? $localize`:@@entry.earned:Earned` : $localize`:@@entry.paid:Paid from held hours`;
    case 'REFUND':
      return $localize`:@@entry.refund:Given back`;
    case 'DISPUTE_RESOLUTION':
      return disputeWords(amount, heldDelta);
    case 'ADMIN_ADJUSTMENT':
      return amount > 0
        ? $localize`:@@entry.added:Added by an admin`
        : $localize`:@@entry.taken:Taken by an admin`;
  }
}

/** How held hours were divided, told to whoever it was that they came to or were held for. */
function disputeWords(amount: number, heldDelta: number): string {
  if (heldDelta === 0) return $localize`:@@entry.dispute.received:Received after a dispute`;
  if (amount === 0) return $localize`:@@entry.dispute.paid:Paid after a dispute`;
  const paid = -heldDelta - amount;
  return paid === 0
    ? $localize`:@@entry.dispute.back:Given back after a dispute`
    : $localize`:@@entry.dispute.divided:Partly given back after a dispute; ${formatHours(paid)}:hours: were paid`;
}
