import { defineFunction } from '@aws-amplify/backend';
import { API_FUNCTION } from '../settings.ts';

/** What parties and admins do in a dispute: open, state, prove, settle, decide. */
export const disputeCommands = defineFunction({ ...API_FUNCTION, name: 'dispute-commands' });
