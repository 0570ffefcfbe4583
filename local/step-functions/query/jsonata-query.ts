import jsonata from 'jsonata';
import type { Json, JsonObject } from '../definition/json.ts';
import { isObject } from '../definition/json.ts';
import { QueryFailure } from '../engine/failure.ts';
import { SFN_FUNCTIONS } from './sfn-functions.ts';

/** What an expression can see: the variables by their names, and `$states`. */
export interface Scope {
  readonly variables: Readonly<JsonObject>;
  readonly states: {
    readonly input: Json;
    readonly context: JsonObject;
    readonly result?: Json;
    readonly errorOutput?: JsonObject;
  };
}

/** The inside of `{% ... %}`, or undefined where the string is to be taken as it is written. */
export function expressionIn(text: string): string | undefined {
  return text.length >= 4 && text.startsWith('{%') && text.endsWith('%}')
    ? text.slice(2, -2).trim()
    : undefined;
}

/** Why JSONata cannot read the expression in `text`, if there is one and it cannot. */
export function syntaxErrorIn(text: string): string | undefined {
  const expression = expressionIn(text);
  if (expression === undefined) return undefined;
  try {
    jsonata(expression);
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

/** Evaluates JSONata with the functions of Step Functions and the time of the embedded clock. */
export class JsonataQuery {
  private readonly compiled = new Map<string, jsonata.Expression>();
  private readonly now: () => number;

  /** `now` gives epoch milliseconds. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Fills every expression in a value of the definition. Throws QueryFailure, with `field` as its location. */
  async evaluate(value: Json, field: string, scope: Scope): Promise<Json> {
    if (typeof value === 'string') {
      const expression = expressionIn(value);
      return expression === undefined ? value : this.evaluateExpression(expression, field, scope);
    }
    if (Array.isArray(value)) {
      const items: Json[] = [];
      for (const [index, item] of value.entries())
        items.push(await this.evaluate(item, `${field}[${index}]`, scope));
      return items;
    }
    if (isObject(value)) return this.evaluateMembers(value, field, scope);
    return value;
  }

  /** The same for an object, such as an `Assign`. */
  async evaluateMembers(members: JsonObject, field: string, scope: Scope): Promise<JsonObject> {
    const filled: [string, Json][] = [];
    for (const [key, member] of Object.entries(members))
      filled.push([key, await this.evaluate(member, `${field}/${key}`, scope)]);
    return Object.fromEntries(filled);
  }

  private async evaluateExpression(expression: string, field: string, scope: Scope): Promise<Json> {
    const subject = `The JSONata expression '${expression}' specified for the field '${field}'`;
    let result: unknown;
    try {
      result = await this.compile(expression).evaluate(undefined, {
        ...scope.variables,
        states: scope.states,
      });
    } catch (error) {
      throw new QueryFailure(field, `${subject} threw an error during evaluation. ${describe(error)}`);
    }
    if (result === undefined) throw new QueryFailure(field, `${subject} returned nothing (undefined).`);
    const json = toJson(result);
    if (json === undefined) throw new QueryFailure(field, `${subject} returned an unsupported result type.`);
    return json;
  }

  private compile(expression: string): jsonata.Expression {
    const known = this.compiled.get(expression);
    if (known) return known;
    const compiled = jsonata(expression);
    for (const [name, implementation, signature] of SFN_FUNCTIONS)
      compiled.registerFunction(name, implementation, signature);
    compiled.registerFunction('millis', this.now, '<:n>');
    compiled.registerFunction(
      'now',
      (picture?: string, zone?: string) => this.formatNow(picture, zone),
      '<s?s?:s>',
    );
    // Step Functions has no $eval; an unbound name is refused as any other unknown function.
    compiled.assign('eval', undefined);
    this.compiled.set(expression, compiled);
    return compiled;
  }

  private async formatNow(picture?: string, zone?: string): Promise<string> {
    return (await NOW.evaluate({ millis: this.now(), picture, zone })) as string;
  }
}

const NOW = jsonata('$fromMillis(millis, picture, zone)');

/** Without what JSONata adds to its values; undefined for what JSON cannot carry: a function, an infinite number. */
function toJson(result: unknown): Json | undefined {
  const strange: unknown[] = [];
  const text = JSON.stringify(result, (_, value: unknown) => {
    const carries = typeof value === 'number' ? Number.isFinite(value) : !isFunction(value);
    if (carries) return value;
    strange.push(value);
    return null;
  });
  return strange.length === 0 ? (JSON.parse(text) as Json) : undefined;
}

/** JSONata's lambdas and built-in functions are objects that bear a mark. */
function isFunction(result: unknown): boolean {
  return (
    typeof result === 'function' ||
    (typeof result === 'object' &&
      result !== null &&
      ('_jsonata_lambda' in result || '_jsonata_function' in result))
  );
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : JSON.stringify(error);
  return typeof code === 'string' ? `${code}: ${text}` : text;
}
