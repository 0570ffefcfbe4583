import { isOver } from '../../../domain/dispute.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Caller } from '../shared/caller.ts';
import type { EvidenceWriter } from '../shared/evidence-writer.ts';
import { ownDispute, type DisputeEdges, type OwnDispute } from './dispute-edges.ts';
import type { EvidenceFiles } from './evidence-files.ts';

export interface EvidenceEdges extends Pick<DisputeEdges, 'disputes' | 'requests' | 'tell' | 'newId'> {
  readonly evidence: EvidenceWriter;
  readonly files: EvidenceFiles;
}

/** A party's dispute while it can still be argued. Throws `Refusal` NOT_FOUND, or ALREADY_ANSWERED once it is over. */
export async function arguableDispute(
  edges: Pick<EvidenceEdges, 'disputes'>,
  disputeId: string,
  caller: Caller,
): Promise<OwnDispute> {
  const own = await ownDispute(edges, disputeId, caller);
  if (isOver(own.dispute)) throw new Refusal('ALREADY_ANSWERED');
  return own;
}
