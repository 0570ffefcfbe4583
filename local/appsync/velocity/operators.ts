import { javaEquals, javaText } from './java-collections.ts';

/** Velocity's truth: everything but null and false. */
export function isTrue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false;
}

/** Applies one of Velocity's operators to operands that are already evaluated; null where Java would fail. */
export function applyOperator(operator: string, left: unknown, right: unknown): unknown {
  switch (operator) {
    case '==':
      return javaEquals(left, right);
    case '!=':
      return !javaEquals(left, right);
    case '+':
      return typeof left === 'number' && typeof right === 'number'
        ? left + right
        : javaText(left) + javaText(right);
  }
  if (typeof left !== 'number' || typeof right !== 'number') return isComparison(operator) ? false : null;
  switch (operator) {
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? null : divide(left, right);
    case '%':
      return right === 0 ? null : left % right;
    default:
      throw new Error(`Velocity operator ${operator} is not known`);
  }
}

/** Whole numbers divide as Java's integers do. */
function divide(left: number, right: number): number {
  const quotient = left / right;
  return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(quotient) : quotient;
}

function isComparison(operator: string): boolean {
  return ['>', '<', '>=', '<='].includes(operator);
}
