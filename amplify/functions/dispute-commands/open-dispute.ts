import { parseCommand } from '../../../domain/commands.ts';
import { openDispute as disputeOf } from '../../../domain/dispute.ts';
import type { Operation } from '../shared/refusals.ts';
import { wakeAndTell, type DisputeEdges } from './dispute-edges.ts';
import { disputeResult } from './dispute-result.ts';

/** Stops a request at work: what is said is on record at once, the workflow freezes the hours. */
export const openDispute =
  (edges: DisputeEdges): Operation =>
  async (args, { userId }, now) => {
    const { requestId, ...complaint } = parseCommand('openDispute', args);
    const commanded = await edges.waits.command({
      requestId,
      memberId: userId,
      event: 'OPEN_DISPUTE',
      note: complaint.reason,
      commandId: edges.newId(),
      now,
      prepare: (request) => {
        const dispute = disputeOf(request, userId, complaint, now);
        const items = [edges.disputes.newDispute(dispute)];
        return Promise.resolve({ disputeId: dispute.id, items });
      },
    });
    await wakeAndTell(edges, commanded, now);
    const { dispute } = await edges.disputes.disputeOf(commanded.request);
    return disputeResult(dispute, commanded.request, now);
  };
