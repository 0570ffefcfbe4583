import { readSubscriptionFilter } from '../filters/subscription-filter.ts';
import type { RequestContext } from '../request-context.ts';
import { record, text } from '../util/arguments.ts';
import type { HostFunctions } from '../velocity/host-object.ts';

/** `$extensions` and `extensions`: what a resolver may ask of subscriptions. There is no cache here to evict from. */
export function createExtensions(
  context: Pick<RequestContext, 'subscription' | 'invalidations'>,
): HostFunctions {
  return {
    setSubscriptionFilter(filter) {
      context.subscription.filter = readSubscriptionFilter(filter);
      return '';
    },
    setSubscriptionInvalidationFilter(filter) {
      context.subscription.invalidation = readSubscriptionFilter(filter);
      return '';
    },
    invalidateSubscriptions(invalidation) {
      const { subscriptionField, payload } = record(invalidation);
      context.invalidations.push({ subscriptionField: text(subscriptionField), payload: record(payload) });
      return '';
    },
    evictFromApiCache: () => '',
  };
}
