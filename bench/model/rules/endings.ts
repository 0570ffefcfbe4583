import type { ModelDispute } from './deal.ts';

export const ENDED = new Set(['PAID', 'REJECTED', 'EXPIRED', 'CANCELLED', 'REFUNDED']);

/** How a deal ends; where it pays, what is not given back goes to the provider. */
interface Ending {
  readonly status: string;
  readonly dispute?: ModelDispute['status'];
  readonly pays?: true;
}

export const ENDINGS: Readonly<Record<string, Ending>> = {
  REJECT: { status: 'REJECTED' },
  WITHDRAW: { status: 'CANCELLED' },
  CANNOT_DO: { status: 'CANCELLED' },
  CONFIRM: { status: 'PAID', pays: true },
  REFUND_TO_REQUESTER: { status: 'REFUNDED', dispute: 'RESOLVED' },
  PAY_TO_PROVIDER: { status: 'PAID', dispute: 'RESOLVED', pays: true },
  PARTIAL_REFUND: { status: 'PAID', dispute: 'RESOLVED', pays: true },
  SETTLE_REFUND: { status: 'REFUNDED', dispute: 'SETTLED' },
  SETTLE_PAY: { status: 'PAID', dispute: 'SETTLED', pays: true },
  SETTLE_PARTIAL: { status: 'PAID', dispute: 'SETTLED', pays: true },
};

/** How it ends where nobody acts in time. */
export const LAPSES: Readonly<Record<string, Ending>> = {
  AWAITING_RESPONSE: { status: 'EXPIRED' },
  NEGOTIATING: { status: 'EXPIRED' },
  IN_PROGRESS: { status: 'CANCELLED' },
  COMPLETED: { status: 'PAID', pays: true },
  DISPUTED: { status: 'REFUNDED', dispute: 'LAPSED' },
};
