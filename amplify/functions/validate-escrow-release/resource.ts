import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Checks the conditions of a release. */
export const validateEscrowRelease = defineFunction({ ...WORKER, name: 'validate-escrow-release' });
