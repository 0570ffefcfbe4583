import { randomUUID } from 'node:crypto';
import type { Model } from './model.ts';
import type { Action } from './rules/command.ts';
import { tableOf, type Deal, type Role } from './rules/deal.ts';

/** Something that would be accepted now, by whom, and what it leaves pending (`undefined`: it moves no status). */
export interface Move {
  /** Such as `PROVIDER ACCEPT`. */
  readonly label: string;
  readonly action: Action;
}

/** An admin who is party to nothing. */
export const KEEPER = 'keeper';

const quarters = (most: number, x: number): number =>
  (Math.floor(x) % Math.max(1, Math.round(most * 4))) / 4 + 0.25;

/** Every kind of move about a deal, with terms chosen by `x`; whether it is accepted is not asked. */
export function candidates(model: Model, deal: Deal, x: number): readonly Move[] {
  const about = { requestId: deal.id };
  const dispute = { disputeId: deal.dispute?.id ?? `dispute-${deal.id}-requester` };
  const table = tableOf(deal);
  const hours = (x % 24) * 0.25 + 0.25;
  const rate = [0.5, 1, 1.5, 2][Math.floor(x / 24) % 4] ?? 1;
  const part = quarters(deal.amount - 0.25, x);
  const by = (role: Role) => (role === 'REQUESTER' ? deal.requester : deal.provider);
  const shown = x % 2 === 0 ? {} : { round: deal.round, hours: table.hours, rate: table.rate };
  const of = (role: Role, event: string, op: string, args: object): Move => ({
    label: `${role} ${event}`,
    action: { op, by: by(role), args: { ...args } },
  });
  const decided = (decision: string, refundHours?: number): Move => ({
    label: `ADMIN ${decision}`,
    action: {
      op: 'resolveDispute',
      by: KEEPER,
      args: { ...dispute, decision, ...(refundHours !== undefined && { refundHours }) },
    },
  });
  const proposed = deal.dispute?.proposed;
  const settlement =
    proposed?.hours === 0
      ? 'SETTLE_PAY'
      : proposed?.hours === deal.amount
        ? 'SETTLE_REFUND'
        : 'SETTLE_PARTIAL';
  const ofBoth = (['REQUESTER', 'PROVIDER'] as const).flatMap((role) => [
    of(role, 'ACCEPT', 'respondToServiceRequest', { ...about, response: 'ACCEPT', ...shown }),
    of(role, 'REJECT', 'respondToServiceRequest', { ...about, response: 'REJECT', ...shown }),
    of(role, 'COUNTER_OFFER', 'respondToServiceRequest', {
      ...about,
      response: 'COUNTER_OFFER',
      hours,
      ...(x % 3 > 0 && { rate }),
    }),
    of(role, 'OPEN_DISPUTE', 'openDispute', { ...about, reason: 'Not as agreed', statement: `Said ${x}` }),
    of(role, 'PROPOSE_REFUND', 'proposeSettlement', { ...dispute, refundHours: deal.amount }),
    of(role, 'PROPOSE_PAY', 'proposeSettlement', { ...dispute, refundHours: 0 }),
    of(role, 'PROPOSE_PARTIAL', 'proposeSettlement', { ...dispute, refundHours: part }),
    of(role, settlement, 'answerSettlement', { ...dispute, accept: true, refundHours: proposed?.hours }),
    of(role, 'DECLINE', 'answerSettlement', { ...dispute, accept: false }),
    of(role, 'WRITE', 'postMessage', { ...about, messageId: randomUUID(), text: `Said ${x}` }),
    of(role, 'REVIEW', 'leaveReview', { ...about, rating: (x % 5) + 1 }),
    of(role, 'STATE', 'addStatement', { ...dispute, statement: `Said ${x % 7}` }),
  ]);
  return [
    ...ofBoth,
    of('REQUESTER', 'WITHDRAW', 'cancelServiceRequest', about),
    of('PROVIDER', 'CANNOT_DO', 'cancelServiceRequest', about),
    of('PROVIDER', 'DELIVERED', 'markServiceDelivered', about),
    of('REQUESTER', 'CHANGES', 'requestChanges', about),
    of('REQUESTER', 'CONFIRM', 'confirmServiceCompletion', about),
    decided('REFUND_TO_REQUESTER'),
    decided('PAY_TO_PROVIDER'),
    decided('PARTIAL_REFUND', part),
    decided('DISMISS_DISPUTE'),
  ];
}

/** What would be accepted now. */
export const moves = (model: Model, deal: Deal, x: number): readonly Move[] =>
  candidates(model, deal, x).filter(({ action }) => model.predict(action) === 'OK');

/** Moves that end a wait. */
export const isDeciding = ({ label }: Move): boolean => !/PROPOSE|DECLINE|STATE$|WRITE|REVIEW/.test(label);
