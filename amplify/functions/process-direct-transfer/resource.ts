import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Postings that belong to no request; so far the welcome bonus. */
export const processDirectTransfer = defineFunction({ ...WORKER, name: 'process-direct-transfer' });
