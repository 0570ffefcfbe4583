import type { Assembly } from '../local/assembly/assembly.ts';

/** One statement of a role's policies. */
export interface Statement {
  /** Who has the role: `create-escrow`, `state machine <name>`, `data source <name>`, or the role's logical id. */
  readonly holder: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

interface PolicyDocument {
  readonly Statement: readonly {
    readonly Effect: 'Allow' | 'Deny';
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
  }[];
}

/** All statements of all roles, inline and attached; managed policies of AWS are not among them. */
export function statementsOf(assembly: Assembly): Statement[] {
  const holders = holdersByRole(assembly);
  const inline = assembly.ofType('AWS::IAM::Role').flatMap((role) =>
    ((role.properties['Policies'] ?? []) as readonly { PolicyDocument: PolicyDocument }[]).map((policy) => ({
      role: role.ref,
      document: policy.PolicyDocument,
    })),
  );
  const attached = assembly.ofType('AWS::IAM::Policy').flatMap(({ properties }) =>
    (properties['Roles'] as readonly string[]).map((role) => ({
      role,
      document: properties['PolicyDocument'] as PolicyDocument,
    })),
  );
  return [...inline, ...attached].flatMap(({ role, document }) =>
    document.Statement.map((statement) => ({
      holder: holders.get(role) ?? role,
      effect: statement.Effect,
      actions: list(statement.Action),
      resources: list(statement.Resource),
    })),
  );
}

/** Who may do this to that, in alphabetical order. Conditions are not looked at: whoever may on one is listed. */
export function holdersThatMay(
  statements: readonly Statement[],
  action: string,
  resource: string,
): readonly string[] {
  const holders = statements
    .filter(
      ({ effect, actions, resources }) =>
        effect === 'Allow' &&
        actions.some((pattern) => matches(pattern, action)) &&
        resources.some((pattern) => matches(pattern, resource)),
    )
    .map(({ holder }) => holder);
  return [...new Set(holders)].sort();
}

/** IAM's patterns: `*` any number of characters, `?` one. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(text);
}

/** What to call a role: by the function, state machine or data source that has it, else by its logical id. */
function holdersByRole(assembly: Assembly): ReadonlyMap<string, string> {
  const holders = new Map(assembly.ofType('AWS::IAM::Role').map((role) => [role.ref, role.logicalId]));
  const name = (role: unknown, holder: string) => holders.set(String(role).split('/').at(-1) ?? '', holder);
  for (const { properties } of assembly.ofType('AWS::Lambda::Function'))
    name(properties['Role'], functionName(properties));
  for (const { properties } of assembly.ofType('AWS::StepFunctions::StateMachine'))
    name(properties['RoleArn'], `state machine ${String(properties['StateMachineName'])}`);
  for (const { properties } of assembly.ofType('AWS::AppSync::DataSource'))
    name(properties['ServiceRoleArn'], `data source ${String(properties['Name'])}`);
  return holders;
}

/** A function's name in `amplify/functions/`: the physical one is made up at deployment. */
export function functionName(properties: Readonly<Record<string, unknown>>): string {
  const tags = properties['Tags'] as readonly { Key: string; Value: string }[];
  return tags.find(({ Key: key }) => key === 'amplify:friendly-name')?.Value ?? '';
}

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;
