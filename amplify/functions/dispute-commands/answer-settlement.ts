import { parseCommand } from '../../../domain/commands.ts';
import { settlementEvent, settlementToAnswer } from '../../../domain/dispute.ts';
import type { Instant } from '../../../domain/instant.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Caller } from '../shared/caller.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { Operation } from '../shared/refusals.ts';
import { ownDispute, tellOf, wakeAndTell, type DisputeEdges } from './dispute-edges.ts';
import { disputeResult, type DisputeResult } from './dispute-result.ts';

/** Agrees to the settlement that the other party proposed, or takes it off the table. */
export const answerSettlement =
  (edges: DisputeEdges): Operation =>
  async (args, caller, now) => {
    const { disputeId, accept: agrees, refundHours } = parseCommand('answerSettlement', args);
    return agrees
      ? accept(edges, disputeId, refundHours, caller, now)
      : decline(edges, disputeId, refundHours, caller, now);
  };

async function accept(
  edges: DisputeEdges,
  disputeId: string,
  shown: number | undefined,
  caller: Caller,
  now: Instant,
): Promise<DisputeResult> {
  const { dispute } = await ownDispute(edges, disputeId, caller);
  const agreed = settlementToAnswer(dispute, caller.userId, shown);
  const event = settlementEvent(dispute, agreed);
  const commanded = await edges.waits.command({
    requestId: dispute.requestId,
    memberId: caller.userId,
    event,
    commandId: edges.newId(),
    now,
    prepare: async (request) => {
      if (request.disputeId !== disputeId) throw new Refusal('ALREADY_ANSWERED');
      const { dispute: latest } = await ownDispute(edges, disputeId, caller);
      if (settlementToAnswer(latest, caller.userId, shown) !== agreed) throw new Refusal('TERMS_CHANGED');
      return {
        details: { disputeId, ...(event === 'SETTLE_PARTIAL' && { refundHours: agreed }) },
        items: [edges.disputes.agreeTo(latest, now)],
      };
    },
  });
  await wakeAndTell(edges, commanded, now);
  return disputeResult(dispute, commanded.request, now);
}

async function decline(
  edges: DisputeEdges,
  disputeId: string,
  shown: number | undefined,
  caller: Caller,
  now: Instant,
): Promise<DisputeResult> {
  const declined = await edges.disputes.change(async () => {
    const { dispute, party } = await ownDispute(edges, disputeId, caller);
    settlementToAnswer(dispute, caller.userId, shown);
    const request = await loadRequest(edges.requests, dispute.requestId);
    if (request.pendingEvent !== undefined) throw new Refusal('ALREADY_ANSWERED');
    return { dispute: await edges.disputes.decline(dispute, { request, party, now }), request };
  });
  await tellOf(edges, declined.request, now);
  return disputeResult(declined.dispute, declined.request, now);
}
