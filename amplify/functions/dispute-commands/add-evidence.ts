import { fileTypeFromBuffer } from 'file-type';
import { parseCommand } from '../../../domain/commands.ts';
import { isFileType, type FileType } from '../../../domain/evidence.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { Operation } from '../shared/refusals.ts';
import { tellOf } from './dispute-edges.ts';
import { arguableDispute, type EvidenceEdges } from './evidence-edges.ts';
import { evidenceKey, uploadKey } from './evidence-files.ts';
import { evidenceResult } from './evidence-result.ts';

/**
 * Takes an uploaded file on record, if its content is what evidence may be. What was checked is kept under another key,
 * since the address of the upload still writes for a while. Harmless to repeat: an upload becomes evidence once.
 */
export const addEvidence =
  (edges: EvidenceEdges): Operation =>
  async (args, caller, now) => {
    const { disputeId, uploadId, fileName } = parseCommand('addEvidence', args);
    const { dispute, party } = await arguableDispute(edges, disputeId, caller);
    const request = await loadRequest(edges.requests, dispute.requestId);
    const context = { dispute, party, authorId: caller.userId, request, now };
    const earlier = await edges.evidence.ofUpload(context, uploadId);
    if (earlier) return evidenceResult(earlier, now);
    await edges.evidence.checkRoom(dispute, party, 'FILE');

    const key = uploadKey(disputeId, caller.userId, uploadId);
    const content = await edges.files.read(key);
    if (!content) throw new Refusal('NOT_FOUND');
    const fileType = await typeOf(content);
    if (!fileType) {
      await edges.files.remove(key);
      throw new Refusal('INVALID_FILE', undefined, 'uploadId');
    }
    await edges.files.keep(evidenceKey(disputeId, uploadId), fileType, content);
    const file = { kind: 'FILE', uploadId, fileName, fileType, fileSize: content.byteLength } as const;
    const added = await edges.evidence.add(file, context);
    await edges.files.remove(key);
    await tellOf(edges, request, now);
    return evidenceResult(added, now);
  };

/** By what it contains; what the client called it is not asked. */
async function typeOf(content: Uint8Array): Promise<FileType | undefined> {
  const mime = (await fileTypeFromBuffer(content))?.mime;
  return isFileType(mime) ? mime : undefined;
}
