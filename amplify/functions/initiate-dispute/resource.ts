import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Stops a request for a dispute, and freezes its hours. */
export const initiateDispute = defineFunction({ ...WORKER, name: 'initiate-dispute' });
