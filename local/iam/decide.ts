import { ACCOUNT_ID, ACCOUNT_ROOT, type Caller, type Permission } from '../gateway/aws-service.ts';
import { callContext, isServicePrincipal } from './call-context.ts';
import { evaluate } from './evaluate.ts';
import type { IamConfig, ResourcePolicy } from './iam-config.ts';
import type { Principal, Statement } from './policy-document.ts';

export type Decision =
  | { readonly allowed: true; readonly by: readonly Statement[] }
  | { readonly allowed: false; readonly reason: string };

/**
 * One permission within one account, in IAM's order: an explicit deny anywhere; then, for a role, an allow by its own
 * policies (within its boundary) or by the resource's; for an AWS service the resource's policy alone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(config: IamConfig, caller: Caller, permission: Permission, now: number): Decision {
  if (caller.arn === ACCOUNT_ROOT.arn) return { allowed: true, by: [] };
  const { action } = permission;
  const context = callContext(caller, permission, now);
  const onResource = evaluate(
    config.resourcePolicies
      .filter((policy) => hangsOn(policy, permission.resource))
      .flatMap(({ statements }) => statements.filter((statement) => names(statement, caller))),
    permission,
    context,
  );
  if (onResource.effect === 'Deny') return refused('with an explicit deny in a resource-based policy');
  if (isServicePrincipal(caller))
    return onResource.effect === 'Allow'
      ? { allowed: true, by: onResource.allowing }
      : refused(`because no resource-based policy allows the ${action} action`);

  const role = config.roles.find(({ arn }) => arn === caller.arn);
  const identity = evaluate(
    role?.policies.flatMap(({ statements }) => statements) ?? [],
    permission,
    context,
  );
  if (identity.effect === 'Deny') return refused('with an explicit deny in an identity-based policy');
  const boundary = role?.boundary && evaluate(role.boundary.statements, permission, context);
  if (boundary?.effect === 'Deny') return refused('with an explicit deny in a permissions boundary');
  if (identity.effect === 'Allow' && boundary?.effect === 'None')
    return refused(`because no permissions boundary allows the ${action} action`);
  const allowing = [...identity.allowing, ...onResource.allowing];
  return allowing.length > 0
    ? { allowed: true, by: allowing }
    : refused(`because no identity-based policy allows the ${action} action`);
}

const refused = (reason: string): Decision => ({ allowed: false, reason });

/** Also a version or an alias of a function carries the function's policy, and an object its bucket's. */
const hangsOn = ({ resource }: ResourcePolicy, asked: string): boolean =>
  asked === resource ||
  asked.startsWith(`${resource}:`) ||
  (resource.startsWith('arn:aws:s3:::') && asked.startsWith(`${resource}/`));

/** Whether a resource's statement speaks of this caller. Naming the account only lets the account's own policies decide. */
function names({ effect, principals }: Statement, caller: Caller): boolean {
  return principals.some(({ kind, value }: Principal) => {
    if (value === '*') return kind === 'AWS';
    if (kind === 'Service') return value === caller.arn;
    if (kind !== 'AWS') return false;
    const isAccount = value === ACCOUNT_ID || value === ACCOUNT_ROOT.arn;
    return value === caller.arn || (isAccount && effect === 'Deny' && !isServicePrincipal(caller));
  });
}
