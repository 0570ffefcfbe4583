import { parseCommand } from '../../../domain/commands.ts';
import type { Operation } from '../shared/refusals.ts';
import { giveCommand, type CommandEdges } from './give-command.ts';

/** The provider accepts or declines the terms that they were shown. */
export const respondToServiceRequest =
  (edges: CommandEdges): Operation =>
  async (args, caller, now) => {
    const { requestId, response, message, ...shown } = parseCommand('respondToServiceRequest', args);
    return giveCommand(edges, { requestId, event: response, note: message, shown }, caller, now);
  };
