import * as z from 'zod/mini';
import { parseHours } from '../../../domain/hours.ts';
import type { Escrow, Posting } from '../../../domain/ledger.ts';
import { partialRefund, release } from '../../../domain/posting.ts';
import type { Decision } from '../shared/decision.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import { CLOSING_STEPS, closeEscrow, type ClosingEdges } from '../shared/close-escrow.ts';

export const releaseStepSchema = z.discriminatedUnion('step', CLOSING_STEPS);

/** Pays the held hours to the provider, but for the part that a dispute gives back. */
export const processEscrowRelease = (edges: ClosingEdges) =>
  closeEscrow(edges, { begun: 'RELEASING', posting: paying });

/** Throws `BrokenRule` for hours that are given back on behalf of no dispute. */
function paying(escrow: Escrow, { refundHours, disputeId }: Decision): Posting {
  if (refundHours === undefined || refundHours === 0) return release(escrow, disputeId);
  if (disputeId === undefined) throw new BrokenRule(`Escrow ${escrow.id} is divided by no dispute`);
  return partialRefund(escrow, parseHours(refundHours), disputeId);
}
