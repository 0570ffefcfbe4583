export type Role = 'REQUESTER' | 'PROVIDER';

export interface Terms {
  readonly hours: number;
  readonly rate: number;
  readonly amount: number;
}

export interface ModelDispute {
  readonly id: string;
  status: 'OPEN' | 'AWAITING_DECISION' | 'RESOLVED' | 'SETTLED' | 'DISMISSED' | 'LAPSED';
  proposals: number;
  proposed?: { readonly hours: number; readonly by: string } | undefined;
  refunded?: number;
  readonly statements: Readonly<Record<Role, Set<string>>>;
}

/** An answer that the workflow has not carried out yet. */
export interface Pending {
  readonly event: string;
  readonly by: Role | 'ADMIN' | 'CLOCK';
  readonly terms?: Terms;
  readonly refund?: number;
}

/** A request, its escrow and its disputes. */
export interface Deal {
  readonly id: string;
  readonly offer: string;
  readonly requester: string;
  readonly provider: string;
  readonly responseSeconds: number;
  readonly submission: string;
  status: string;
  reason?: string | undefined;
  revision: number;
  amount: number;
  hours: number;
  rate: number;
  /** Terms on the table. */
  table?: Terms | undefined;
  agreedHours?: number;
  round: number;
  shortfalls: number;
  changes: number;
  readonly disputed: Record<Role, number>;
  /** Epoch seconds. */
  deadline?: number | undefined;
  /** When the execution wakes by itself: the next reminder or the deadline. */
  timer?: number | undefined;
  pending?: Pending | undefined;
  held: number;
  frozen: boolean;
  released: number;
  refunded: number;
  /** Of the present or last dispute. */
  dispute?: ModelDispute;
  before?: { readonly status: string; readonly left: number } | undefined;
  readonly reviews: Partial<Record<Role, { readonly rating: number; readonly at: number }>>;
}

export function roleOf(deal: Deal, who: string): Role | undefined {
  if (who === deal.requester) return 'REQUESTER';
  return who === deal.provider ? 'PROVIDER' : undefined;
}

export const tableOf = (deal: Deal): Terms =>
  deal.table ?? { hours: deal.agreedHours ?? deal.hours, rate: deal.rate, amount: deal.amount };

/** Rounded half up to a quarter. */
export const priceOf = (hours: number, rate: number): number => Math.floor(hours * rate * 4 + 0.5) / 4;
