/**
 * Whether an event matches a rule's pattern.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export type EventPattern = Readonly<Record<string, unknown>>;

/** Throws PatternError for an operator that is not known, so that a rule never silently matches nothing. */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([key, expected]) => {
    if (key === '$or')
      return (expected as EventPattern[]).some((alternative) => matchesPattern(alternative, event));
    const actual = isRecord(event) ? event[key] : undefined;
    if (Array.isArray(expected)) return matchesAnyOf(expected, actual);
    if (isRecord(expected)) return matchesPattern(expected, actual);
    throw new PatternError(`"${key}" must be an object or an array`);
  });
}

/** A pattern that EventBridge would refuse, or an operator that this part does not know. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** Checks a pattern without an event. Throws PatternError. */
export function checkPattern(pattern: EventPattern): void {
  for (const [key, expected] of Object.entries(pattern)) {
    if (key === '$or') for (const alternative of expected as EventPattern[]) checkPattern(alternative);
    else if (Array.isArray(expected)) for (const matcher of expected) matchesOne(matcher, undefined);
    else if (isRecord(expected)) checkPattern(expected);
    else throw new PatternError(`"${key}" must be an object or an array`);
  }
}

function matchesAnyOf(matchers: readonly unknown[], actual: unknown): boolean {
  // An array in an event matches when any of its elements does.
  const candidates: readonly unknown[] = Array.isArray(actual) ? actual : [actual];
  return matchers.some((matcher) =>
    isNegative(matcher)
      ? candidates.every((candidate) => matchesOne(matcher, candidate))
      : candidates.some((candidate) => matchesOne(matcher, candidate)),
  );
}

function isNegative(matcher: unknown): boolean {
  return isRecord(matcher) && ('anything-but' in matcher || matcher['exists'] === false);
}

function matchesOne(matcher: unknown, actual: unknown): boolean {
  if (!isRecord(matcher)) return actual === matcher;
  const [operator, operand] = Object.entries(matcher)[0] ?? ['', undefined];
  const text = typeof actual === 'string' ? actual : undefined;
  switch (operator) {
    case 'prefix':
      return text?.startsWith(String(operand)) ?? false;
    case 'suffix':
      return text?.endsWith(String(operand)) ?? false;
    case 'equals-ignore-case':
      return text?.toLowerCase() === String(operand).toLowerCase();
    case 'wildcard':
      return text !== undefined && wildcard(String(operand)).test(text);
    case 'exists':
      return (actual !== undefined) === operand;
    case 'numeric':
      return typeof actual === 'number' && inRange(operand as readonly (string | number)[], actual);
    case 'anything-but': {
      const forbidden: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
      return actual !== undefined && !forbidden.some((each) => matchesOne(each, actual));
    }
    default:
      throw new PatternError(`the operator "${operator}" is not known`);
  }
}

function wildcard(pattern: string): RegExp {
  const literals = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('.*')}$`, 's');
}

/** `[">", 0, "<=", 5]`. */
function inRange(range: readonly (string | number)[], actual: number): boolean {
  for (let index = 0; index < range.length; index += 2) {
    const bound = Number(range[index + 1]);
    const holds = {
      '=': actual === bound,
      '<': actual < bound,
      '<=': actual <= bound,
      '>': actual > bound,
      '>=': actual >= bound,
    }[String(range[index])];
    if (holds === undefined) throw new PatternError(`the comparison "${String(range[index])}" is not known`);
    if (!holds) return false;
  }
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
