import { parseCommand } from '../../../domain/commands.ts';
import type { Operation } from '../shared/refusals.ts';
import { loadRequest } from '../shared/load-request.ts';
import { tellOf } from './dispute-edges.ts';
import { arguableDispute, type EvidenceEdges } from './evidence-edges.ts';
import { evidenceResult } from './evidence-result.ts';

/** A party says more to the admin and to the other party. */
export const addStatement =
  (edges: EvidenceEdges): Operation =>
  async (args, caller, now) => {
    const { disputeId, statement } = parseCommand('addStatement', args);
    const { dispute, party } = await arguableDispute(edges, disputeId, caller);
    const request = await loadRequest(edges.requests, dispute.requestId);
    const said = { kind: 'STATEMENT', text: statement } as const;
    const added = await edges.evidence.add(said, { dispute, party, authorId: caller.userId, request, now });
    await tellOf(edges, request, now);
    return evidenceResult(added, now);
  };
