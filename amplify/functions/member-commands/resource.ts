import { defineFunction } from '@aws-amplify/backend';
import { API_FUNCTION } from '../settings.ts';

/** ensureMember: mends a sign-up that did not finish. */
export const memberCommands = defineFunction({ ...API_FUNCTION, name: 'member-commands' });
