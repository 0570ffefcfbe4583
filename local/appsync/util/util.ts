import type { HostFunctions } from '../velocity/host-object.ts';
import { dynamodbUtil } from './dynamodb-util.ts';
import { errorUtil, type ErrorScope } from './error-util.ts';
import { generalUtil } from './general-util.ts';
import { timeUtil, type TimeSource } from './time-util.ts';
import { transformUtil } from './transform-util.ts';
import { listUtil, mapUtil, mathUtil, strUtil } from './value-util.ts';

export interface UtilScope extends ErrorScope {
  readonly clock: TimeSource;
  /** How the caller was authenticated, as `$util.authType()` words it. */
  readonly authType: string;
}

/**
 * `$util` of templates and `util` of JavaScript resolvers, on JSON values.
 * https://docs.aws.amazon.com/appsync/latest/devguide/resolver-util-reference.html
 */
export function createUtil(scope: UtilScope): HostFunctions {
  return {
    ...generalUtil,
    ...errorUtil(scope),
    authType: () => scope.authType,
    time: timeUtil(scope.clock),
    dynamodb: dynamodbUtil,
    transform: transformUtil,
    list: listUtil,
    map: mapUtil,
    str: strUtil,
    math: mathUtil,
  };
}
