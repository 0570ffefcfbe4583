import { parseCommand } from '../../../domain/commands.ts';
import type { Operation } from '../shared/refusals.ts';
import { giveCommand, type CommandEdges } from './give-command.ts';

/** The requester confirms the work: from here on nothing refunds. */
export const confirmServiceCompletion =
  (edges: CommandEdges): Operation =>
  async (args, caller, now) => {
    const { requestId, note } = parseCommand('confirmServiceCompletion', args);
    return giveCommand(edges, { requestId, event: 'CONFIRM', note }, caller, now);
  };
