import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { adjustMember, adjustmentSchema, type AdjustmentEdges } from './adjust-member.ts';
import { TRANSFER_STEPS } from './transfer-step.ts';
import { welcomeMember, welcomeSchema, type WelcomeEdges } from './welcome-member.ts';

export const transferStepSchema = z.object({
  step: z.enum(TRANSFER_STEPS),
  transaction: z.discriminatedUnion('transactionType', [welcomeSchema, adjustmentSchema]),
  executionArn: z.string(),
});

export type TransferStep = z.output<typeof transferStepSchema>;

/** What the state machine's history keeps of a step. */
export interface Transferred {
  readonly transactionId: string;
}

/** Hours that enter or leave by the treasury, in three steps, each harmless to repeat. */
export const processDirectTransfer =
  (edges: WelcomeEdges & AdjustmentEdges) =>
  ({ transaction, ...step }: TransferStep, now: Instant): Promise<Transferred> =>
    transaction.transactionType === 'WELCOME_BONUS'
      ? welcomeMember(edges, transaction, { ...step, now })
      : adjustMember(edges, transaction, { ...step, now });
