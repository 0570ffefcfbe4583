import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** ESCROWED to AWAITING_RESPONSE: tells the provider and sets the deadline. */
export const notifyProvider = defineFunction({ ...WORKER, name: 'notify-provider' });
