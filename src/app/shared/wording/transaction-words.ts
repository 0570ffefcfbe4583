import type { TransactionType } from '../api/balance-client';

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
      return heldDelta < 0
        ? $localize`:@@entry.givenBack:Part of a hold given back`
        : $localize`:@@entry.hold:Set aside for a request`;
    case 'TRANSFER':
      return amount > 0 ? $localize`:@@entry.earned:Earned` : $localize`:@@entry.paid:Paid from held hours`;
    case 'REFUND':
      return $localize`:@@entry.refund:Given back`;
    case 'DISPUTE_RESOLUTION':
      return $localize`:@@entry.dispute:By decision of a dispute`;
    case 'ADMIN_ADJUSTMENT':
      return $localize`:@@entry.adjustment:Corrected by an admin`;
  }
}
