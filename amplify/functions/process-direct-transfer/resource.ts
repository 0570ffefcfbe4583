import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Postings that belong to no request: the welcome bonus, and what an admin adjusts. */
export const processDirectTransfer = defineFunction({ ...WORKER, name: 'process-direct-transfer' });
