import type { Instant } from './instant.ts';
import type { Party } from './life-cycle.ts';

/** What a party lays before the admin in a dispute: words or a file. */

/** Of each kind, for each party. */
export const MAX_STATEMENTS = 5;
export const MAX_FILES = 5;
export const MAX_FILE_BYTES = 5 * 1024 * 1024;
export const MAX_FILE_NAME = 120;

/** By what the file contains, whatever it is called. */
export const FILE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf'] as const;
export type FileType = (typeof FILE_TYPES)[number];

export const isFileType = (type: string | undefined): type is FileType =>
  FILE_TYPES.some((known) => known === type);

export const EVIDENCE_KINDS = ['STATEMENT', 'FILE'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** A row of the model Evidence. */
export interface EvidenceRecord {
  /** `evidenceIdOf`: its number is the limit. */
  readonly id: string;
  readonly disputeId: string;
  readonly requestId: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly authorId: string;
  readonly authorRole: Party;
  readonly kind: EvidenceKind;
  readonly text?: string;
  readonly fileName?: string;
  readonly fileType?: FileType;
  /** Bytes. */
  readonly fileSize?: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** `number` counts from 1 for each party and kind. */
export const evidenceIdOf = (disputeId: string, party: Party, kind: EvidenceKind, number: number): string =>
  `${disputeId}#${party}#${kind}#${number}`;

export const limitOf = (kind: EvidenceKind): number => (kind === 'FILE' ? MAX_FILES : MAX_STATEMENTS);
