import { contextValues, type RequestContext } from './request-context.ts';

/** How far `*` reaches: over everything, only to the next colon of an ARN (but in its last part), or not at all. */
type Reach = 'text' | 'arn' | 'nowhere';

/** Before the last part, which may hold colons of its own. */
const ARN_COLONS = 5;
const VARIABLE = /\$\{([^}]*)\}/g;

/**
 * Whether `value` matches a pattern with `*`, `?` and policy variables. What a variable stands for is taken literally; a
 * variable without a value matches nothing. Pass no context for a policy that has no variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function matchesPattern(pattern: string, value: string, context?: RequestContext): boolean {
  return expression(pattern, 'text', context)?.test(value) ?? false;
}

/** The same where `*` and `?` mean only themselves. */
export function equalsPattern(pattern: string, value: string, context?: RequestContext): boolean {
  return expression(pattern, 'nowhere', context)?.test(value) ?? false;
}

/** The same for the name of an action, without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * The same for ARNs, whose first five parts are matched each by itself. `*` alone matches any; as the last character of
 * a shorter pattern it reaches over the parts that are left out.
 */
export function matchesArn(pattern: string, arn: string, context?: RequestContext): boolean {
  return pattern === '*' || (expression(pattern, 'arn', context)?.test(arn) ?? false);
}

const compiled = new Map<string, RegExp>();

function expression(pattern: string, reach: Reach, context: RequestContext | undefined): RegExp | undefined {
  if (context && pattern.includes('${')) {
    const source = sourceWithVariables(pattern, reach, context);
    return source === undefined ? undefined : new RegExp(`^${source}$`, 's');
  }
  const key = `${reach} ${pattern}`;
  const known = compiled.get(key) ?? new RegExp(`^${wildcardSource(pattern, reach, 0, true)}$`, 's');
  compiled.set(key, known);
  return known;
}

function sourceWithVariables(pattern: string, reach: Reach, context: RequestContext): string | undefined {
  let source = '';
  let end = 0;
  let colons = 0;
  for (const match of pattern.matchAll(VARIABLE)) {
    const literal = pattern.slice(end, match.index);
    const value = resolveVariable(match[1] ?? '', context);
    if (value === undefined) return undefined;
    source += wildcardSource(literal, reach, colons, false) + escaped(value);
    colons += countColons(literal) + countColons(value);
    end = match.index + match[0].length;
  }
  return source + wildcardSource(pattern.slice(end), reach, colons, true);
}

/** `${*}`, `${?}` and `${$}` are the characters themselves; `${key, 'default'}` has a default. */
function resolveVariable(variable: string, context: RequestContext): string | undefined {
  if (variable === '*' || variable === '?' || variable === '$') return variable;
  const [, key, fallback] = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)')?\s*$/.exec(variable) ?? [];
  if (key === undefined) return undefined;
  const values = contextValues(context, key);
  // A key with several values cannot stand in a pattern.
  return values?.length === 1 ? values[0] : fallback;
}

function wildcardSource(text: string, reach: Reach, colonsBefore: number, isEnd: boolean): string {
  if (reach === 'nowhere') return escaped(text);
  const characters = Array.from(text);
  let colons = colonsBefore;
  return characters
    .map((character, index) => {
      const isLastPart = reach === 'text' || colons >= ARN_COLONS;
      if (character === ':') colons += 1;
      if (character === '*') return isLastPart || (isEnd && index === characters.length - 1) ? '.*' : '[^:]*';
      if (character === '?') return isLastPart ? '.' : '[^:]';
      return escaped(character);
    })
    .join('');
}

const countColons = (text: string) => text.split(':').length - 1;

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
