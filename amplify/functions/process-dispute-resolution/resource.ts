import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Takes the decision or settlement of a dispute, or claims its deadline. */
export const processDisputeResolution = defineFunction({ ...WORKER, name: 'process-dispute-resolution' });
