import { AssemblyError } from './assembly-error.ts';

/** What names mean in the template that is being evaluated. */
export interface Scope {
  /** Value of a parameter, pseudo parameter or resource; undefined for `AWS::NoValue`. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/**
 * Replaces every intrinsic function in `value` by what it gives. Members and elements without a value (`AWS::NoValue`)
 * disappear. Throws AssemblyError for a function that is not known and for one that is called wrongly.
 * Source: "Intrinsic function reference" of the CloudFormation Template Reference Guide.
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((element) => evaluate(element, scope)).filter((element) => element !== undefined);
  if (typeof value === 'string') return refuseDynamicReference(value);
  if (!isObject(value)) return value;

  const call = asCall(value);
  if (call) {
    const intrinsic = INTRINSICS[call.name];
    if (!intrinsic) throw new AssemblyError(`The intrinsic function ${call.name} is not known`);
    return intrinsic(call.argument, scope);
  }
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const evaluated = evaluate(member, scope);
    if (evaluated !== undefined) result[key] = evaluated;
  }
  return result;
}

/** Evaluates an expression of the section `Conditions`, where alone `{"Condition": name}` is a function. */
export function evaluateCondition(expression: unknown, scope: Scope): boolean {
  if (typeof expression === 'boolean') return expression;
  const [name, argument] = isObject(expression) ? (Object.entries(expression)[0] ?? []) : [];
  switch (name) {
    case 'Condition':
      return scope.condition(text(argument, name));
    case 'Fn::Equals': {
      const [left, right] = list(argument, name).map((side) => evaluate(side, scope));
      return String(left) === String(right);
    }
    case 'Fn::Not':
      return !evaluateCondition(list(argument, name)[0], scope);
    case 'Fn::And':
      return list(argument, name).every((part) => evaluateCondition(part, scope));
    case 'Fn::Or':
      return list(argument, name).some((part) => evaluateCondition(part, scope));
    default:
      throw new AssemblyError(`The condition ${JSON.stringify(expression)} is not known`);
  }
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(text(argument, 'Ref')),

  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] =
      typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
    return scope.attribute(
      text(logicalId, 'Fn::GetAtt'),
      attribute.map((part) => text(part, 'Fn::GetAtt')).join('.'),
    );
  },

  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = list(argument, 'Fn::Join');
    return list(evaluate(parts, scope), 'Fn::Join')
      .map((part) => scalar(part, 'Fn::Join'))
      .join(text(delimiter, 'Fn::Join'));
  },

  'Fn::Select': (argument, scope) => {
    const [index, options] = list(argument, 'Fn::Select').map((part) => evaluate(part, scope));
    const chosen = list(options, 'Fn::Select')[Number(index)];
    if (chosen === undefined) throw new AssemblyError(`Fn::Select finds nothing at ${JSON.stringify(index)}`);
    return chosen;
  },

  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = list(argument, 'Fn::Split').map((part) => evaluate(part, scope));
    return text(source, 'Fn::Split').split(text(delimiter, 'Fn::Split'));
  },

  'Fn::Sub': (argument, scope) => {
    const [pattern, variables] = typeof argument === 'string' ? [argument] : list(argument, 'Fn::Sub');
    const own = isObject(variables) ? variables : {};
    return text(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in own) return scalar(evaluate(own[name], scope), 'Fn::Sub');
      const [logicalId = '', ...attribute] = name.split('.');
      return scalar(
        attribute.length > 0 ? scope.attribute(logicalId, attribute.join('.')) : scope.ref(name),
        'Fn::Sub',
      );
    });
  },

  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = list(argument, 'Fn::If');
    return evaluate(scope.condition(text(condition, 'Fn::If')) ? whenTrue : whenFalse, scope);
  },

  'Fn::FindInMap': (argument, scope) => {
    const [map, top, second] = list(argument, 'Fn::FindInMap').map((part) =>
      scalar(evaluate(part, scope), 'Fn::FindInMap'),
    );
    return scope.mapping(map ?? '', top ?? '', second ?? '');
  },

  'Fn::Base64': (argument, scope) =>
    Buffer.from(scalar(evaluate(argument, scope), 'Fn::Base64')).toString('base64'),

  'Fn::ImportValue': (argument) => {
    throw new AssemblyError(
      `Fn::ImportValue of ${JSON.stringify(argument)} needs another deployed stack, which does not exist here`,
    );
  },
};

function asCall(value: Record<string, unknown>): { name: string; argument: unknown } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

function refuseDynamicReference(value: string): string {
  const reference = /\{\{resolve:[^}]*\}\}/.exec(value);
  if (reference) throw new AssemblyError(`The dynamic reference ${reference[0]} is not known`);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown, intrinsic: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new AssemblyError(`${intrinsic} needs a list, not ${JSON.stringify(value)}`);
}

function text(value: unknown, intrinsic: string): string {
  if (typeof value === 'string') return value;
  throw new AssemblyError(`${intrinsic} needs a string, not ${JSON.stringify(value)}`);
}

function scalar(value: unknown, intrinsic: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new AssemblyError(`${intrinsic} needs a string or a number, not ${JSON.stringify(value)}`);
}
