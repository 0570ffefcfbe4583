import { parseCommand } from '../../../domain/commands.ts';
import { after } from '../../../domain/instant.ts';
import type { Operation } from '../shared/refusals.ts';
import { arguableDispute, type EvidenceEdges } from './evidence-edges.ts';
import { ADDRESS_LASTS, uploadKey } from './evidence-files.ts';

/** Gives a party an address for one file of this very size and type. */
export const requestEvidenceUpload =
  (edges: EvidenceEdges): Operation =>
  async (args, caller, now) => {
    const { disputeId, fileType, fileSize } = parseCommand('requestEvidenceUpload', args);
    const { dispute, party } = await arguableDispute(edges, disputeId, caller);
    await edges.evidence.checkRoom(dispute, party, 'FILE');
    const uploadId = edges.newId();
    const key = uploadKey(disputeId, caller.userId, uploadId);
    const url = await edges.files.uploadUrl(key, fileType, fileSize);
    return { uploadId, url, contentType: fileType, expiresAt: after(now, ADDRESS_LASTS), now };
  };
