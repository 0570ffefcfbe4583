import velocity from 'amplify-velocity-template';

/** What the parser makes of a template: text, directives, and blocks (arrays headed by their directive). */
export type Statement = string | Directive | Block;
export type Block = readonly [BlockHead, ...Statement[]];
export type BlockHead = IfHead | ForeachHead | { readonly type: 'define' | 'macro' | 'noescape' };

export interface IfHead {
  readonly type: 'if';
  readonly condition: Expression;
}

export interface ForeachHead {
  readonly type: 'foreach';
  readonly to: string;
  readonly from: Expression;
}

/** A branch stands as a statement inside the block of its `#if`. */
export interface Branch {
  readonly type: 'elseif' | 'else';
  readonly condition?: Expression;
}

export type Directive =
  | Branch
  | Reference
  | { readonly type: 'set'; readonly equal: readonly [Reference, Expression] }
  | { readonly type: 'return'; readonly value?: Expression | null }
  | { readonly type: 'raw'; readonly value: string }
  | { readonly type: 'break' }
  | { readonly type: 'comment' }
  | { readonly type: 'macro_call'; readonly id: string };

export type Expression = Reference | Literal | Operation;

export interface Reference {
  readonly type: 'references';
  readonly id: string;
  readonly leader: '$' | '$!';
  readonly isWraped?: boolean;
  readonly path?: readonly Step[];
}

export type Step =
  | { readonly type: 'property'; readonly id: string }
  | { readonly type: 'index'; readonly id: Expression }
  | { readonly type: 'method'; readonly id: string; readonly args: readonly Expression[] | false };

export type Literal =
  | { readonly type: 'string'; readonly value: string; readonly isEval?: boolean }
  | { readonly type: 'integer' | 'decimal'; readonly value: string | number }
  | { readonly type: 'bool'; readonly value: 'true' | 'false' | 'null' }
  | { readonly type: 'map'; readonly value?: Readonly<Record<string, Expression>> }
  | { readonly type: 'array'; readonly isRange?: false; readonly value?: readonly Expression[] }
  | { readonly type: 'array'; readonly isRange: true; readonly value: readonly (string | Expression)[] };

export interface Operation {
  readonly type: 'math';
  readonly operator: string;
  readonly expression: readonly Expression[];
}

const parsed = new Map<string, readonly Statement[]>();

/** Parses a template once; the same text is answered from memory. Throws where it is not Velocity. */
export function parseTemplate(source: string): readonly Statement[] {
  let statements = parsed.get(source);
  if (statements === undefined) {
    // The parser has no types of its own; the shapes above were read from what it returns.
    statements = velocity.parse(source) as readonly Statement[];
    parsed.set(source, statements);
  }
  return statements;
}

/** Whether a statement is a block such as `#if ... #end`. */
export function isBlock(statement: Statement): statement is Block {
  return Array.isArray(statement);
}
