import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Finds requests that nobody carries on, and carries them on. */
export const sweeper = defineFunction({ ...WORKER, name: 'sweeper', timeoutSeconds: 300 });
