import { ACCOUNT_ID, REGION, type Caller, type Permission } from '../gateway/aws-service.ts';
import type { CONTEXT_KEYS } from './embedded-scope.ts';
import { requestContext, type RequestContext } from './request-context.ts';

export const isServicePrincipal = ({ arn }: Caller): boolean => arn.endsWith('.amazonaws.com');

/** The condition keys of one call; `now` in epoch milliseconds. All calls count as encrypted, as on AWS they would be. */
export function callContext(
  caller: Caller,
  { context: ofOperation }: Pick<Permission, 'context'>,
  now: number,
): RequestContext {
  const isService = isServicePrincipal(caller);
  const values: Partial<Record<(typeof CONTEXT_KEYS)[number], string>> = {
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:RequestedRegion': REGION,
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': String(isService),
    ...(isService
      ? { 'aws:PrincipalServiceName': caller.arn }
      : {
          'aws:PrincipalArn': caller.arn,
          'aws:PrincipalAccount': ACCOUNT_ID,
          'aws:PrincipalType': 'AssumedRole',
        }),
    ...(caller.sourceArn !== undefined && {
      'aws:SourceArn': caller.sourceArn,
      'aws:SourceAccount': caller.sourceArn.split(':')[4] ?? ACCOUNT_ID,
    }),
  };
  return requestContext({ ...values, ...ofOperation });
}
