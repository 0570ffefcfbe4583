import type { Permission } from '../gateway/aws-service.ts';
import { concernsEmbedded } from './embedded-scope.ts';
import type { IamConfig } from './iam-config.ts';
import type { Statement } from './policy-document.ts';

export interface IamReport {
  /** By name of role, or service principal; those that have done nothing too. */
  readonly callers: Readonly<Record<string, CallerReport>>;
}

export interface CallerReport {
  /** How often each action was allowed. */
  readonly allowed: Readonly<Record<string, number>>;
  readonly refused: readonly Refusal[];
  /** Granted, but never put to use; without what the embedded AWS does not serve, such as logs. */
  readonly unused: readonly UnusedStatement[];
}

export interface Refusal extends Permission {
  readonly reason: string;
  readonly count: number;
}

export interface UnusedStatement {
  readonly policy: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Who did what, and what nobody needed, since the start. */
export class UsageRecord {
  private readonly config: IamConfig;
  private readonly allowances = new Map<string, Map<string, number>>();
  private readonly refusals = new Map<string, Map<string, Refusal>>();
  private readonly used = new Set<Statement>();

  constructor(config: IamConfig) {
    this.config = config;
  }

  allowed(callerArn: string, { action }: Permission, by: readonly Statement[]): void {
    const counts = entry(this.allowances, callerArn);
    counts.set(action, (counts.get(action) ?? 0) + 1);
    for (const statement of by) this.used.add(statement);
  }

  refused(callerArn: string, { action, resource }: Permission, reason: string): void {
    const refusals = entry(this.refusals, callerArn);
    const key = `${action} ${resource}`;
    refusals.set(key, { action, resource, reason, count: (refusals.get(key)?.count ?? 0) + 1 });
  }

  report(): IamReport {
    const roles = new Map(this.config.roles.map((role) => [role.arn, role]));
    const arns = new Set([...roles.keys(), ...this.allowances.keys(), ...this.refusals.keys()]);
    const callers = [...arns].map((arn): [string, CallerReport] => {
      const role = roles.get(arn);
      return [
        role?.name ?? arn,
        {
          allowed: Object.fromEntries([...(this.allowances.get(arn) ?? [])].sort()),
          refused: [...(this.refusals.get(arn)?.values() ?? [])],
          unused: (role?.policies ?? []).flatMap(({ name, statements }) =>
            statements
              .filter((statement) => this.isUnused(statement))
              .map((statement) => describe(name, statement)),
          ),
        },
      ];
    });
    return { callers: Object.fromEntries(callers.sort(([a], [b]) => a.localeCompare(b))) };
  }

  private isUnused(statement: Statement): boolean {
    return statement.effect === 'Allow' && !this.used.has(statement) && concernsEmbedded(statement);
  }
}

function entry<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = map.get(key) ?? new Map<string, V>();
  map.set(key, found);
  return found;
}

const describe = (policy: string, { actions, resources }: Statement): UnusedStatement => ({
  policy,
  actions: actions.patterns,
  resources: resources?.patterns ?? [],
});
