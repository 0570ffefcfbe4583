import { isJavaObject, JavaList, JavaMap, javaText } from './java-collections.ts';
import { invokeOnPrimitive } from './java-text.ts';
import { applyOperator, isTrue } from './operators.ts';
import { referenceText } from './reference-text.ts';
import {
  isBlock,
  parseTemplate,
  type Block,
  type Branch,
  type Directive,
  type Expression,
  type ForeachHead,
  type Literal,
  type Operation,
  type Reference,
  type Statement,
  type Step,
} from './syntax.ts';

/** `#return(value)`: ends the template at once. */
class Return {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** `#break`: ends the innermost `#foreach`. */
const BREAK = Symbol('break');
type Signal = Return | typeof BREAK | undefined;

export interface Rendered {
  readonly text: string;
  /** Present where the template ended by `#return`. */
  readonly returned?: { readonly value: unknown };
}

/** Runs a template over variables. Throws what a called function throws, and Error for directives AppSync has not. */
export function render(source: string, variables: Readonly<Record<string, unknown>>): Rendered {
  const run = new TemplateRun(variables);
  const signal = run.statements(parseTemplate(source));
  return signal instanceof Return
    ? { text: run.text, returned: { value: signal.value } }
    : { text: run.text };
}

class TemplateRun {
  text = '';
  private readonly variables: Map<string, unknown>;

  constructor(variables: Readonly<Record<string, unknown>>) {
    this.variables = new Map(Object.entries(variables));
  }

  statements(statements: readonly Statement[]): Signal {
    for (const statement of statements) {
      const signal = this.statement(statement);
      if (signal !== undefined) return signal;
    }
    return undefined;
  }

  private statement(statement: Statement): Signal {
    if (typeof statement === 'string') this.text += statement;
    else if (isBlock(statement)) return this.block(statement);
    else return this.directive(statement);
    return undefined;
  }

  private directive(directive: Directive): Signal {
    switch (directive.type) {
      case 'references':
        this.text += this.printed(directive);
        return undefined;
      case 'set':
        this.assign(...directive.equal);
        return undefined;
      case 'return':
        return new Return(directive.value ? (this.evaluate(directive.value) ?? null) : null);
      case 'raw':
        this.text += directive.value;
        return undefined;
      case 'break':
        return BREAK;
      case 'comment':
        return undefined;
      default:
        throw new Error(
          `AppSync templates have no #${directive.type === 'macro_call' ? directive.id : directive.type}`,
        );
    }
  }

  private block([head, ...body]: Block): Signal {
    if (head.type === 'if') return this.choose(head.condition, body);
    if (head.type === 'foreach') return this.repeat(head, body);
    throw new Error(`AppSync templates have no #${head.type}`);
  }

  /** The branches of an `#if` stand one after the other in its body. */
  private choose(condition: Expression, body: readonly Statement[]): Signal {
    let taken = isTrue(this.evaluate(condition));
    for (const statement of body) {
      if (isBranch(statement)) {
        if (taken) return undefined;
        taken = statement.condition === undefined || isTrue(this.evaluate(statement.condition));
      } else if (taken) {
        const signal = this.statement(statement);
        if (signal !== undefined) return signal;
      }
    }
    return undefined;
  }

  private repeat(head: ForeachHead, body: readonly Statement[]): Signal {
    const from = this.evaluate(head.from);
    const items =
      from instanceof JavaList ? [...from.items] : from instanceof JavaMap ? [...from.entries.values()] : [];
    const outer = [head.to, 'foreach', 'velocityCount'].map(
      (name) => [name, this.variables.get(name)] as const,
    );
    for (const [index, item] of items.entries()) {
      const last = index === items.length - 1;
      this.variables.set(head.to, item);
      this.variables.set('velocityCount', index + 1);
      this.variables.set('foreach', new LoopState(index, last));
      const signal = this.statements(body);
      if (signal === BREAK) break;
      if (signal !== undefined) return signal;
    }
    for (const [name, value] of outer) this.variables.set(name, value);
    return undefined;
  }

  private assign(target: Reference, expression: Expression): void {
    const value = this.evaluate(expression) ?? null;
    const path = target.path ?? [];
    const last = path.at(-1);
    if (last === undefined) {
      this.variables.set(target.id, value);
      return;
    }
    const owner = path
      .slice(0, -1)
      .reduce((base, step) => this.step(base, step), this.variables.get(target.id));
    const key = last.type === 'index' ? this.evaluate(last.id) : last.id;
    if (owner instanceof JavaMap) owner.entries.set(javaText(key), value);
    else if (owner instanceof JavaList) owner.items[Number(key)] = value;
  }

  private evaluate(expression: Expression): unknown {
    switch (expression.type) {
      case 'references':
        return (expression.path ?? []).reduce(
          (base, step) => this.step(base, step),
          this.variables.get(expression.id),
        );
      case 'math':
        return this.operation(expression);
      default:
        return this.literal(expression);
    }
  }

  private step(base: unknown, step: Step): unknown {
    if (base === null || base === undefined) return undefined;
    if (step.type === 'method') {
      const args = (step.args || []).map((arg) => this.evaluate(arg) ?? null);
      return isJavaObject(base) ? base.invoke(step.id, args) : invokeOnPrimitive(base, step.id, args);
    }
    if (step.type === 'property') return isJavaObject(base) ? base.property(step.id) : undefined;
    const key = this.evaluate(step.id);
    if (base instanceof JavaList) return base.items[Number(key)];
    return isJavaObject(base) ? base.property(javaText(key)) : undefined;
  }

  private operation({ operator, expression: [first, second] }: Operation): unknown {
    if (first === undefined) return undefined;
    const left = this.evaluate(first);
    switch (operator) {
      case 'parenthesis':
        return left;
      case 'not':
        return !isTrue(left);
      case 'minus':
        return applyOperator('-', 0, left);
      case '&&':
        return isTrue(left) && second !== undefined && isTrue(this.evaluate(second));
      case '||':
        return isTrue(left) || (second !== undefined && isTrue(this.evaluate(second)));
      default:
        return applyOperator(operator, left, second === undefined ? undefined : this.evaluate(second));
    }
  }

  private literal(literal: Literal): unknown {
    switch (literal.type) {
      case 'string':
        return literal.isEval ? this.interpolated(literal.value) : literal.value;
      case 'integer':
      case 'decimal':
        return Number(literal.value);
      case 'bool':
        return literal.value === 'null' ? null : literal.value === 'true';
      case 'map':
        return new JavaMap(
          Object.entries(literal.value ?? {}).map(([key, member]) => [key, this.evaluate(member) ?? null]),
        );
      case 'array':
        return literal.isRange
          ? this.range(literal.value)
          : new JavaList((literal.value ?? []).map((item) => this.evaluate(item) ?? null));
    }
  }

  private range(ends: readonly (string | Expression)[]): JavaList {
    const [from = 0, to = 0] = ends.map((end) => Number(typeof end === 'string' ? end : this.evaluate(end)));
    const step = from <= to ? 1 : -1;
    return new JavaList(Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + index * step));
  }

  /** References inside double quotes are replaced; directives are not (AppSync has no macros). */
  private interpolated(text: string): string {
    if (!text.includes('$')) return text;
    const outer = this.text;
    this.text = '';
    this.statements(parseTemplate(text.replaceAll('#', '\\#')));
    const result = this.text;
    this.text = outer;
    return result;
  }

  /** A reference that leads nowhere is printed as it stands in the template, or not at all with `$!`. */
  private printed(reference: Reference): string {
    const value = this.evaluate(reference);
    if (value !== null && value !== undefined) return javaText(value);
    return reference.leader === '$!' ? '' : referenceText(reference);
  }
}

/** `$foreach` inside a loop. */
class LoopState {
  private readonly index: number;
  private readonly last: boolean;

  constructor(index: number, last: boolean) {
    this.index = index;
    this.last = last;
  }

  property(name: string): unknown {
    return this.invoke(name);
  }

  invoke(name: string): unknown {
    switch (name) {
      case 'index':
        return this.index;
      case 'count':
        return this.index + 1;
      case 'hasNext':
        return !this.last;
      case 'first':
        return this.index === 0;
      case 'last':
        return this.last;
      default:
        return undefined;
    }
  }
}

function isBranch(statement: Statement): statement is Branch {
  return (
    typeof statement === 'object' &&
    !isBlock(statement) &&
    (statement.type === 'else' || statement.type === 'elseif')
  );
}
