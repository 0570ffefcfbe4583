import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DisputeRecord } from '../../../domain/dispute.ts';
import {
  evidenceIdOf,
  limitOf,
  type EvidenceKind,
  type EvidenceRecord,
  type FileType,
} from '../../../domain/evidence.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Party } from '../../../domain/life-cycle.ts';
import { notification, otherParty } from '../../../domain/notifications.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { readRow } from './dynamo.ts';
import { putOnce } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { MODEL, type Tables } from './tables.ts';
import { isCollision, isTransient, settle, transact } from './transaction.ts';

export interface Statement {
  readonly kind: 'STATEMENT';
  readonly text: string;
}

export interface EvidenceFile {
  readonly kind: 'FILE';
  /** Names the object in the bucket. */
  readonly uploadId: string;
  readonly fileName: string;
  readonly fileType: FileType;
  /** Bytes. */
  readonly fileSize: number;
}

/** A row as it is stored; the API does not show `uploadId`. */
export type StoredEvidence = EvidenceRecord & (Statement | EvidenceFile);

export interface EvidenceContext {
  readonly dispute: DisputeRecord;
  readonly party: Party;
  readonly authorId: string;
  readonly request: RequestRecord;
  readonly now: Instant;
}

/** Writes evidence once and never again. Its id counts, so that the limit holds however many write at once. */
export interface EvidenceWriter {
  evidence(evidenceId: string): Promise<StoredEvidence | undefined>;
  /** The evidence that an upload became; undefined if it became none. */
  ofUpload(context: EvidenceContext, uploadId: string): Promise<StoredEvidence | undefined>;
  /** Throws `Refusal` TOO_MUCH_EVIDENCE where a party has added as much of a kind as it may. */
  checkRoom(dispute: DisputeRecord, party: Party, kind: EvidenceKind): Promise<void>;
  /**
   * Adds evidence, or finds that the same is there already, and tells the other party. Throws `Refusal`
   * TOO_MUCH_EVIDENCE, TRY_AGAIN where too many collide.
   */
  add(item: Statement | EvidenceFile, context: EvidenceContext): Promise<StoredEvidence>;
}

export interface EvidenceWriterEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'evidence' | 'notification'>;
  readonly backoff?: Backoff;
}

export function createEvidenceWriter({ dynamo, tables, backoff }: EvidenceWriterEdges): EvidenceWriter {
  const evidence = async (id: string) =>
    (await readRow(dynamo, tables.evidence, { id })) as StoredEvidence | undefined; // written here alone

  /** All of a kind that a party has added, in order; numbers leave no gap. */
  async function ofKind({ id }: DisputeRecord, party: Party, kind: EvidenceKind) {
    const ids = Array.from({ length: limitOf(kind) }, (_, index) => evidenceIdOf(id, party, kind, index + 1));
    return (await Promise.all(ids.map(evidence))).filter((row) => row !== undefined);
  }

  return {
    evidence,

    async ofUpload({ dispute, party }, uploadId) {
      const files = await ofKind(dispute, party, 'FILE');
      return files.find((row) => row.kind === 'FILE' && row.uploadId === uploadId);
    },

    async checkRoom(dispute, party, kind) {
      const there = await ofKind(dispute, party, kind);
      if (there.length >= limitOf(kind)) throw new Refusal('TOO_MUCH_EVIDENCE');
    },

    async add(item, { dispute, party, authorId, request, now }) {
      const attempt = async (): Promise<StoredEvidence> => {
        const there = await ofKind(dispute, party, item.kind);
        const same = there.find((row) => isSame(row, item));
        if (same) return same;
        if (there.length >= limitOf(item.kind)) throw new Refusal('TOO_MUCH_EVIDENCE');
        const row: StoredEvidence = {
          id: evidenceIdOf(dispute.id, party, item.kind, there.length + 1),
          disputeId: dispute.id,
          requestId: dispute.requestId,
          requesterId: dispute.requesterId,
          providerId: dispute.providerId,
          authorId,
          authorRole: party,
          ...item,
          createdAt: now,
          updatedAt: now,
        };
        const told = notification(request, otherParty(party), 'EVIDENCE_ADDED', now);
        await transact(dynamo, [
          putOnce(tables.evidence, { __typename: MODEL.evidence, ...row }),
          putOnce(tables.notification, { __typename: MODEL.notification, ...told, id: `told-${row.id}` }),
        ]);
        return row;
      };
      try {
        return await settle(attempt, backoff);
      } catch (error) {
        if (isCollision(error) || isTransient(error)) throw new Refusal('TRY_AGAIN');
        throw error;
      }
    },
  };
}

const isSame = (row: StoredEvidence, item: Statement | EvidenceFile): boolean =>
  row.kind === 'FILE'
    ? item.kind === 'FILE' && row.uploadId === item.uploadId
    : item.kind === 'STATEMENT' && row.text === item.text;
