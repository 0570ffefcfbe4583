import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Takes what a wait was given, or claims its deadline. */
export const processProviderResponse = defineFunction({ ...WORKER, name: 'process-provider-response' });
