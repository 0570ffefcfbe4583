import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Takes the answer to a counter-offer, and sets the hold to what was agreed. */
export const processNegotiation = defineFunction({ ...WORKER, name: 'process-negotiation' });
