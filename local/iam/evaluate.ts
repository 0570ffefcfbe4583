import type { Permission } from '../gateway/aws-service.ts';
import { conditionHolds } from './conditions.ts';
import type { Matcher, Statement } from './policy-document.ts';
import type { RequestContext } from './request-context.ts';
import { matchesAction, matchesArn } from './wildcards.ts';

/** What a set of statements says to one request. */
export interface Verdict {
  /** An explicit deny beats every allow; without either the answer is no. */
  readonly effect: 'Allow' | 'Deny' | 'None';
  /** Those that allow. */
  readonly allowing: readonly Statement[];
}

/** The statements' word on one permission; principals are not looked at. */
export function evaluate(
  statements: readonly Statement[],
  permission: Permission,
  context: RequestContext,
): Verdict {
  const applying = statements.filter((statement) => applies(statement, permission, context));
  if (applying.some(({ effect }) => effect === 'Deny')) return { effect: 'Deny', allowing: [] };
  return { effect: applying.length > 0 ? 'Allow' : 'None', allowing: applying };
}

/** Whether a statement speaks of this request at all. */
export function applies(
  { actions, resources, conditions, hasVariables }: Statement,
  { action, resource }: Permission,
  context: RequestContext,
): boolean {
  const variables = hasVariables ? context : undefined;
  return (
    matches(actions, (pattern) => matchesAction(pattern, action)) &&
    (!resources || matches(resources, (pattern) => matchesArn(pattern, resource, variables))) &&
    conditions.every((condition) => conditionHolds(condition, context, hasVariables))
  );
}

const matches = ({ negated, patterns }: Matcher, test: (pattern: string) => boolean): boolean =>
  patterns.some(test) !== negated;
