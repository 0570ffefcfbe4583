import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Gives the hold back to the requester. */
export const processEscrowCancellation = defineFunction({ ...WORKER, name: 'process-escrow-cancellation' });
