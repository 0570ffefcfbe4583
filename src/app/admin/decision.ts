import { DECISIONS, refundOf } from '../../../domain/dispute';
import type { DisputeDecision } from '../../../domain/dispute';
import { MIN_HOURS, parseHours } from '../../../domain/hours';
import type { Dispute } from '../shared/api/dispute';
import { sharesFor } from '../shared/disputes/shares';
import type { Shares } from '../shared/disputes/shares';
import type { Question } from '../shared/feedback/confirm-dialog';
import { formatHours } from '../shared/hours/format-hours';
import { statusWords } from '../shared/wording/status-words';

/** A way to decide a dispute, as it is offered. */
export interface Choice {
  readonly decision: DisputeDecision;
  readonly label: string;
  /** What it means, in a few words. */
  readonly gist: string;
  readonly possible: boolean;
}

/** The four ways to decide. A quarter cannot be divided. */
export const choicesFor = (dispute: Dispute): readonly Choice[] =>
  DECISIONS.map((decision) => ({
    decision,
    ...wordsFor(dispute, decision),
    possible: decision !== 'PARTIAL_REFUND' || isDivisible(dispute),
  }));

const isDivisible = ({ amount }: Dispute): boolean => amount >= 2 * MIN_HOURS;

/** Who gets what by a decision; nothing where no hours move. @param refundHours of a partial refund */
export function sharesBy(
  dispute: Dispute,
  decision: DisputeDecision,
  refundHours: number,
): Shares | undefined {
  const refund = refundOf(
    { amount: parseHours(dispute.amount) },
    decision,
    decision === 'PARTIAL_REFUND' ? refundHours : undefined,
  );
  return refund === undefined ? undefined : sharesFor(dispute, refund);
}

/** What is asked before it is done. */
export function questionFor(
  dispute: Dispute,
  decision: DisputeDecision,
  shares: Shares | undefined,
): Question {
  const { requesterName, providerName } = dispute;
  const { label } = wordsFor(dispute, decision);
  if (shares === undefined)
    return {
      heading: $localize`:@@decision.ask.dismiss:Dismiss this dispute?`,
      text: $localize`:@@decision.text.dismiss:No hours move. The request goes on as “${statusWords(dispute.statusBefore)}:status:”, with the time that was left.`,
      confirm: label,
    };
  return {
    heading: $localize`:@@decision.ask:Decide it like this?`,
    text: $localize`:@@decision.text:${requesterName}:requester: gets ${formatHours(shares.requester)}:back:, and ${providerName}:provider: gets ${formatHours(shares.provider)}:paid:. Both are told at once. This cannot be undone.`,
    confirm: label,
    grave: true,
  };
}

function wordsFor(dispute: Dispute, decision: DisputeDecision): Pick<Choice, 'label' | 'gist'> {
  const { requesterName, providerName } = dispute;
  const hours = formatHours(dispute.amount);
  switch (decision) {
    case 'REFUND_TO_REQUESTER':
      return {
        label: $localize`:@@decision.refund:Give all back`,
        gist: $localize`:@@decision.refund.gist:${requesterName}:name: gets ${hours}:hours:`,
      };
    case 'PAY_TO_PROVIDER':
      return {
        label: $localize`:@@decision.pay:Pay all`,
        gist: $localize`:@@decision.pay.gist:${providerName}:name: gets ${hours}:hours:`,
      };
    case 'PARTIAL_REFUND':
      return {
        label: $localize`:@@decision.partial:Divide`,
        gist: isDivisible(dispute)
          ? $localize`:@@decision.partial.gist:each gets at least a quarter of an hour`
          : $localize`:@@decision.partial.indivisible:a quarter of an hour cannot be divided`,
      };
    case 'DISMISS_DISPUTE':
      return {
        label: $localize`:@@decision.dismiss:Dismiss`,
        gist: $localize`:@@decision.dismiss.gist:the request goes on as “${statusWords(dispute.statusBefore)}:status:”`,
      };
  }
}
