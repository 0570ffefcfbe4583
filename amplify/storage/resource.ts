import { defineStorage } from '@aws-amplify/backend';

/**
 * Files that parties lay before the admin in a dispute. No member reaches the bucket: `dispute-commands` checks who asks,
 * and gives out addresses that are good for one file and a few minutes.
 */
export const storage = defineStorage({ name: 'evidence' });
