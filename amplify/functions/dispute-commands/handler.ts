import { operations } from '../shared/refusals.ts';
import { disputeCommands } from './dispute-commands.ts';

export const handler = operations(disputeCommands());
