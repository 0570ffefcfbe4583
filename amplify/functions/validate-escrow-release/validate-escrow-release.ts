import { isOpen } from '../../../domain/ledger.ts';
import { findTransition } from '../../../domain/life-cycle.ts';
import { escrowIdOf } from '../../../domain/request.ts';
import type { Decision } from '../shared/decision.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import type { RequestStep } from '../shared/worker.ts';

export interface ReleaseStep extends RequestStep {
  readonly decision: Decision;
}

export interface ReleaseEdges {
  readonly requests: Pick<RequestWriter, 'request'>;
  readonly ledger: Pick<LedgerWriter, 'escrow'>;
}

/**
 * The conditions of a release: its decision is one that pays in this status, and the hours are held and frozen by no other.
 * Returns the revision that the payment leaves, which a request that is paid already has behind it. Throws `BrokenRule`.
 */
export const validateEscrowRelease =
  ({ requests, ledger }: ReleaseEdges) =>
  async ({ requestId, decision }: ReleaseStep): Promise<{ readonly revision: number }> => {
    // The escrow first: hours and status move together, so one that is closed by now belongs to a request that is paid.
    const escrow = await ledger.escrow(escrowIdOf(requestId));
    const request = await loadRequest(requests, requestId);
    if (request.status === 'PAID') return { revision: request.revision - 1 };

    const transition = findTransition(request.status, decision.event, decision.actor.role);
    if (transition?.ledger !== 'RELEASE' && transition?.ledger !== 'PARTIAL')
      throw new BrokenRule(`${decision.event} pays nothing to a request in ${request.status}`);
    if (!escrow || !isOpen(escrow)) throw new BrokenRule(`Request ${requestId} has no open escrow`);
    if (escrow.frozenBy !== undefined && escrow.frozenBy !== decision.disputeId)
      throw new BrokenRule(`Escrow ${escrow.id} is frozen`);
    return { revision: request.revision };
  };
