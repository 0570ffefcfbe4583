import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Publishes the reviews of a request, and counts their ratings. */
export const publishReviews = defineFunction({ ...WORKER, name: 'publish-reviews' });
