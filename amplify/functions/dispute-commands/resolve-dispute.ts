import { parseCommand } from '../../../domain/commands.ts';
import { checkUndecided, refundOf } from '../../../domain/dispute.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { partyOf } from '../../../domain/request.ts';
import { isAdmin } from '../shared/caller.ts';
import type { Operation } from '../shared/refusals.ts';
import { readableDispute, wakeAndTell, type DisputeEdges } from './dispute-edges.ts';
import { disputeResult } from './dispute-result.ts';

/** An admin decides, unless it is their own dispute. */
export const resolveDispute =
  (edges: DisputeEdges): Operation =>
  async (args, caller, now) => {
    if (!isAdmin(caller)) throw new Refusal('NOT_AN_ADMIN');
    const { disputeId, decision, refundHours, note } = parseCommand('resolveDispute', args);
    const dispute = await readableDispute(edges, disputeId, caller);
    if (partyOf(dispute, caller.userId)) throw new Refusal('CONFLICT_OF_INTEREST');
    checkUndecided(dispute);
    const refund = refundOf(dispute, decision, refundHours);
    const commanded = await edges.waits.command({
      requestId: dispute.requestId,
      memberId: caller.userId,
      as: 'ADMIN',
      event: decision,
      note,
      commandId: edges.newId(),
      now,
      prepare: (request) => {
        if (request.disputeId !== disputeId) throw new Refusal('ALREADY_ANSWERED');
        const part = decision === 'PARTIAL_REFUND' && refund !== undefined ? { refundHours: refund } : {};
        return Promise.resolve({ details: { disputeId, ...part } });
      },
    });
    await wakeAndTell(edges, commanded, now);
    return disputeResult(dispute, commanded.request, now);
  };
