import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** INITIATED to VALIDATING: checks again what submit checked. */
export const validateServiceRequest = defineFunction({ ...WORKER, name: 'validate-service-request' });
