import type { Statement } from './policy-document.ts';

/** A named set of statements. */
export interface Policy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly policies: readonly Policy[];
  /** Nothing beyond it is allowed, whatever the policies say. */
  readonly boundary?: Policy;
}

/** Hangs on a resource and says who may do what with it: a queue's, a function's, or a role's trust policy. */
export interface ResourcePolicy extends Policy {
  /** ARN of the resource. */
  readonly resource: string;
}

export interface IamConfig {
  readonly roles: readonly Role[];
  readonly resourcePolicies: readonly ResourcePolicy[];
}
