import { parseCommand } from '../../../domain/commands.ts';
import { proposeSettlement as proposalOf } from '../../../domain/dispute.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { Operation } from '../shared/refusals.ts';
import { ownDispute, tellOf, type DisputeEdges } from './dispute-edges.ts';
import { disputeResult } from './dispute-result.ts';

/** Puts a settlement on the table, in place of an earlier one; the other party is asked. */
export const proposeSettlement =
  (edges: DisputeEdges): Operation =>
  async (args, caller, now) => {
    const { disputeId, refundHours } = parseCommand('proposeSettlement', args);
    const proposed = await edges.disputes.change(async () => {
      const { dispute, party } = await ownDispute(edges, disputeId, caller);
      const proposal = proposalOf(dispute, caller.userId, refundHours, now);
      const request = await loadRequest(edges.requests, dispute.requestId);
      if (request.pendingEvent !== undefined) throw new Refusal('ALREADY_ANSWERED');
      const changed = await edges.disputes.propose(dispute, proposal, { request, party, now });
      return { dispute: changed, request };
    });
    await tellOf(edges, proposed.request, now);
    return disputeResult(proposed.dispute, proposed.request, now);
  };
