/** One statement with every list made a list, and nothing in it that is not understood. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Matcher;
  /** Absent in a trust policy: the role itself. */
  readonly resources: Matcher | undefined;
  /** Only in resource policies. */
  readonly principals: readonly Principal[];
  readonly conditions: readonly Condition[];
  /** Policies older than 2012-10-17 take `${aws:...}` literally. */
  readonly hasVariables: boolean;
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Matcher {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

export interface Principal {
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  /** `*` is everybody. */
  readonly value: string;
}

export interface Condition {
  /** Such as `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A policy says something that is not understood. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'Condition',
]);
const PRINCIPAL_KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/** Statements of a policy document. Throws PolicyError, naming it, for an element that is unknown or malformed. */
export function parsePolicy(document: unknown): Statement[] {
  const { Version: version, Statement: statements } = asRecord(document, 'A policy document');
  return asList(statements).map((statement) => parseStatement(statement, version === '2012-10-17'));
}

function parseStatement(value: unknown, hasVariables: boolean): Statement {
  const statement = asRecord(value, 'A statement');
  const unknown = Object.keys(statement).find((element) => !ELEMENTS.has(element));
  if (unknown !== undefined) throw new PolicyError(`Statement element ${unknown} is not known`);
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`Effect ${String(effect)} is not known`);
  const actions = parseMatcher(statement, 'Action', 'NotAction');
  if (!actions) throw new PolicyError('A statement has neither Action nor NotAction');
  return {
    sid: typeof statement['Sid'] === 'string' && statement['Sid'] !== '' ? statement['Sid'] : undefined,
    effect,
    actions,
    resources: parseMatcher(statement, 'Resource', 'NotResource'),
    principals: parsePrincipals(statement['Principal']),
    conditions: parseConditions(statement['Condition'] ?? {}),
    hasVariables,
  };
}

function parseMatcher(
  statement: Readonly<Record<string, unknown>>,
  name: string,
  negatedName: string,
): Matcher | undefined {
  const [plain, negated] = [statement[name], statement[negatedName]];
  if (plain !== undefined && negated !== undefined)
    throw new PolicyError(`A statement has both ${name} and ${negatedName}`);
  const given = plain ?? negated;
  return given === undefined
    ? undefined
    : { negated: negated !== undefined, patterns: asStrings(given, name) };
}

function parsePrincipals(principal: unknown): Principal[] {
  if (principal === undefined) return [];
  if (principal === '*') return [{ kind: 'AWS', value: '*' }];
  return Object.entries(asRecord(principal, 'Principal')).flatMap(([name, values]) => {
    const kind = PRINCIPAL_KINDS.find((known) => known === name);
    if (!kind) throw new PolicyError(`Principal ${name} is not known`);
    return asStrings(values, name).map((value) => ({ kind, value }));
  });
}

function parseConditions(block: unknown): Condition[] {
  return Object.entries(asRecord(block, 'Condition')).flatMap(([operator, keys]) =>
    Object.entries(asRecord(keys, operator)).map(([key, values]) => ({
      operator,
      key,
      values: asStrings(values, key),
    })),
  );
}

function asRecord(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PolicyError(`${what} is not an object`);
  return value as Readonly<Record<string, unknown>>;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Templates also write booleans and numbers where IAM knows only strings. */
function asStrings(value: unknown, what: string): string[] {
  return asList(value).map((item) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'boolean' || typeof item === 'number') return String(item);
    throw new PolicyError(`${what} holds something that is not a string: ${JSON.stringify(item)}`);
  });
}
