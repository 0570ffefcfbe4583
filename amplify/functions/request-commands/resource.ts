import { defineFunction } from '@aws-amplify/backend';
import { API_FUNCTION } from '../settings.ts';

/** What members do to a request: submit, answer, cancel, deliver, ask for changes, confirm; and what they say of it. */
export const requestCommands = defineFunction({ ...API_FUNCTION, name: 'request-commands' });
