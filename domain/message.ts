import type { Instant } from './instant.ts';

export const MAX_MESSAGE = 2000;

/** A row of the model Message: what one party of a request says to the other. */
export interface MessageRecord {
  readonly id: string;
  readonly requestId: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly authorId: string;
  readonly text: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}
