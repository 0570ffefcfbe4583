import * as z from 'zod/mini';
import { release } from '../../../domain/posting.ts';
import { CLOSING_STEPS, closeEscrow, type ClosingEdges } from '../shared/close-escrow.ts';

export const releaseStepSchema = z.discriminatedUnion('step', CLOSING_STEPS);

/** Pays all held hours to the provider. */
export const processEscrowRelease = (edges: ClosingEdges) =>
  closeEscrow(edges, { begun: 'RELEASING', posting: (escrow) => release(escrow) });
