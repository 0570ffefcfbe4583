import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Pays the provider out of the hold. */
export const processEscrowRelease = defineFunction({ ...WORKER, name: 'process-escrow-release' });
