import { defineFunction } from '@aws-amplify/backend';
import { API_FUNCTION } from '../settings.ts';

/** What members do to a request: submit, answer, cancel, deliver, ask for changes, confirm. */
export const requestCommands = defineFunction({ ...API_FUNCTION, name: 'request-commands' });
