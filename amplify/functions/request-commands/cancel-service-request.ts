import { parseCommand } from '../../../domain/commands.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { partyOf } from '../../../domain/request.ts';
import type { Operation } from '../shared/refusals.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { giveCommand, type CommandEdges } from './give-command.ts';

export interface CancelEdges extends CommandEdges {
  readonly requests: Pick<RequestWriter, 'request'>;
}

/** One operation, two meanings: the requester withdraws what nobody has accepted, the provider cannot do the work. */
export const cancelServiceRequest =
  (edges: CancelEdges): Operation =>
  async (args, caller, now) => {
    const { requestId, reason } = parseCommand('cancelServiceRequest', args);
    const request = await edges.requests.request(requestId);
    const party = request && partyOf(request, caller.userId);
    if (!party) throw new Refusal('NOT_FOUND');
    const event = party === 'REQUESTER' ? 'WITHDRAW' : 'CANNOT_DO';
    return giveCommand(edges, { requestId, event, note: reason }, caller, now);
  };
