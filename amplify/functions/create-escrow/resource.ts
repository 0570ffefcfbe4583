import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** VALIDATING to ESCROWED: holds the hours, or refuses the request. */
export const createEscrow = defineFunction({ ...WORKER, name: 'create-escrow' });
