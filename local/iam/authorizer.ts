import { ACCOUNT_ROOT, AwsServiceError, type Caller, type Permission } from '../gateway/aws-service.ts';
import { isServicePrincipal } from './call-context.ts';
import { decide } from './decide.ts';
import type { IamConfig } from './iam-config.ts';
import { UsageRecord, type IamReport } from './usage-record.ts';

export interface Authorizer {
  /** Throws AwsServiceError `AccessDeniedException`, in AWS's words, unless `caller` has every one of `permissions`. */
  authorize(caller: Caller, permissions: readonly Permission[]): void;
  report(): IamReport;
}

/**
 * Decides by the synthesized policies, and keeps a record. Whether a service may take on a role is asked as
 * `sts:AssumeRole` on the role, by the service principal. `now` is the embedded clock's epoch milliseconds.
 */
export function createAuthorizer(config: IamConfig, now: () => number = Date.now): Authorizer {
  const record = new UsageRecord(config);
  return {
    authorize(caller, permissions) {
      if (caller.arn === ACCOUNT_ROOT.arn) return;
      for (const permission of permissions) {
        const decision = decide(config, caller, permission, now());
        if (!decision.allowed) {
          record.refused(caller.arn, permission, decision.reason);
          throw accessDenied(caller, permission, decision.reason);
        }
        record.allowed(caller.arn, permission, decision.by);
      }
    },
    report: () => record.report(),
  };
}

function accessDenied(caller: Caller, { action, resource }: Permission, reason: string): AwsServiceError {
  return new AwsServiceError(
    'AccessDeniedException',
    `User: ${sessionArn(caller)} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
  );
}

/** AWS names the session of a role, not the role; the embedded AWS has one session a role. */
function sessionArn(caller: Caller): string {
  const [, account, name] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(caller.arn) ?? [];
  return isServicePrincipal(caller) || account === undefined || name === undefined
    ? caller.arn
    : `arn:aws:sts::${account}:assumed-role/${name}/local`;
}
