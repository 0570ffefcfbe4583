import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Serves requests and answers that come from elsewhere, by the bus. */
export const startServiceRequest = defineFunction({ ...WORKER, name: 'start-service-request' });
