import { defineFunction } from '@aws-amplify/backend';
import { WORKER } from '../settings.ts';

/** Recomputes every account from the log, and reports what does not agree. */
export const reconcileBalances = defineFunction({
  ...WORKER,
  name: 'reconcile-balances',
  timeoutSeconds: 120,
});
