import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Finishes what the workflow of a request left undone: a decided payment, or a refund. */
export const processPayment = defineFunction({ ...WORKER, name: 'process-payment' });
