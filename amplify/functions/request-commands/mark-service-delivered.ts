import { parseCommand } from '../../../domain/commands.ts';
import type { Operation } from '../shared/refusals.ts';
import { giveCommand, type CommandEdges } from './give-command.ts';

/** The provider says that the work is done. */
export const markServiceDelivered =
  (edges: CommandEdges): Operation =>
  async (args, caller, now) => {
    const { requestId, note } = parseCommand('markServiceDelivered', args);
    return giveCommand(edges, { requestId, event: 'DELIVERED', note }, caller, now);
  };
