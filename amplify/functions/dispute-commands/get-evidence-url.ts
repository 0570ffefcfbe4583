import { parseCommand } from '../../../domain/commands.ts';
import { after } from '../../../domain/instant.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Operation } from '../shared/refusals.ts';
import { readableDispute } from './dispute-edges.ts';
import type { EvidenceEdges } from './evidence-edges.ts';
import { ADDRESS_LASTS, evidenceKey } from './evidence-files.ts';

/** An address of a file for the parties of its dispute and for admins. */
export const getEvidenceUrl =
  (edges: EvidenceEdges): Operation =>
  async (args, caller, now) => {
    const { evidenceId } = parseCommand('getEvidenceUrl', args);
    const found = await edges.evidence.evidence(evidenceId);
    if (!found) throw new Refusal('NOT_FOUND');
    await readableDispute(edges, found.disputeId, caller);
    if (found.kind !== 'FILE') throw new Refusal('NOT_FOUND');
    const key = evidenceKey(found.disputeId, found.uploadId);
    const url = await edges.files.url(key, found.fileType, found.fileName);
    return { url, expiresAt: after(now, ADDRESS_LASTS), now };
  };
