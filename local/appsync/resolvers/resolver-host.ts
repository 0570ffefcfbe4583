import type { RequestContext } from '../request-context.ts';
import type { ErrorScope } from '../util/error-util.ts';
import type { TimeSource } from '../util/time-util.ts';
import { createUtil } from '../util/util.ts';
import type { HostFunctions } from '../velocity/host-object.ts';
import { createExtensions } from './extensions.ts';

/** What templates and JavaScript reach of the service that runs them: functions on JSON. */
export interface ResolverHost {
  readonly util: HostFunctions;
  readonly extensions: HostFunctions;
}

const AUTH_TYPES = {
  AMAZON_COGNITO_USER_POOLS: 'User Pool Authorization',
  AWS_IAM: 'IAM Authorization',
} as const;

/** The functions for one resolution of one field. */
export function createResolverHost(
  context: Pick<RequestContext, 'authMode' | 'subscription' | 'invalidations'>,
  field: ErrorScope,
  clock: TimeSource,
): ResolverHost {
  return {
    util: createUtil({ clock, authType: AUTH_TYPES[context.authMode], ...field }),
    extensions: createExtensions(context),
  };
}
