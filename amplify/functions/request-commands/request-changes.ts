import { parseCommand } from '../../../domain/commands.ts';
import type { Operation } from '../shared/refusals.ts';
import { giveCommand, type CommandEdges } from './give-command.ts';

/** The requester wants something about the work changed before confirming it. */
export const requestChanges =
  (edges: CommandEdges): Operation =>
  async (args, caller, now) => {
    const { requestId, note } = parseCommand('requestChanges', args);
    return giveCommand(edges, { requestId, event: 'CHANGES', note }, caller, now);
  };
