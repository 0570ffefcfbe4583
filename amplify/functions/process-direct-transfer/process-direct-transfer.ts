import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { adjustMember, adjustmentStepSchema, type AdjustmentEdges } from './adjust-member.ts';
import { welcomeMember, welcomeStepSchema, type WelcomeEdges } from './welcome-member.ts';

export const transferStepSchema = z.discriminatedUnion('transactionType', [
  welcomeStepSchema,
  adjustmentStepSchema,
]);

export type TransferStep = z.output<typeof transferStepSchema>;

/** What the state machine's history keeps of a step. */
export interface Transferred {
  readonly transactionId: string;
}

/** Hours that enter or leave by the treasury, in three steps, each harmless to repeat. */
export const processDirectTransfer =
  (edges: WelcomeEdges & AdjustmentEdges) =>
  (step: TransferStep, now: Instant): Promise<Transferred> =>
    step.transactionType === 'WELCOME_BONUS'
      ? welcomeMember(edges, step, now)
      : adjustMember(edges, step, now);
