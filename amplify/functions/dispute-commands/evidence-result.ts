import type { EvidenceRecord } from '../../../domain/evidence.ts';
import type { Instant } from '../../../domain/instant.ts';

/** What adding evidence answers: the evidence as it is on record, and the server's time. */
export const evidenceResult = (evidence: EvidenceRecord, now: Instant) => ({
  id: evidence.id,
  disputeId: evidence.disputeId,
  kind: evidence.kind,
  text: evidence.text ?? null,
  fileName: evidence.fileName ?? null,
  fileType: evidence.fileType ?? null,
  fileSize: evidence.fileSize ?? null,
  createdAt: evidence.createdAt,
  now,
});
