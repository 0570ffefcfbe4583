import type { Expression, Reference, Step } from './syntax.ts';

/** A reference as its template's author wrote it, as near as the parser keeps it. */
export function referenceText(reference: Reference): string {
  const name = reference.id + (reference.path ?? []).map(stepText).join('');
  return reference.isWraped ? `${reference.leader}{${name}}` : reference.leader + name;
}

function stepText(step: Step): string {
  switch (step.type) {
    case 'property':
      return `.${step.id}`;
    case 'index':
      return `[${expressionText(step.id)}]`;
    case 'method':
      return `.${step.id}(${(step.args || []).map(expressionText).join(', ')})`;
  }
}

function expressionText(expression: Expression): string {
  switch (expression.type) {
    case 'references':
      return referenceText(expression);
    case 'string':
      return expression.isEval ? `"${expression.value}"` : `'${expression.value}'`;
    case 'integer':
    case 'decimal':
    case 'bool':
      return String(expression.value);
    default:
      return '...';
  }
}
