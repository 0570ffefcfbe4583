import { operations } from '../shared/refusals.ts';
import { requestCommands } from './request-commands.ts';

export const handler = operations(requestCommands());
