import type { Json } from '../definition/json.ts';
import { QueryFailure } from '../engine/failure.ts';
import { expressionIn } from './jsonata-query.ts';

/** An evaluated field, with what the definition says for it (for the message). */
export interface Evaluated {
  readonly field: string;
  readonly source: Json;
  readonly value: Json;
}

export function expectArray(evaluated: Evaluated): Json[] {
  if (!Array.isArray(evaluated.value)) throw unexpected(evaluated, 'array');
  return evaluated.value;
}

export function expectBoolean(evaluated: Evaluated): boolean {
  if (typeof evaluated.value !== 'boolean') throw unexpected(evaluated, 'boolean');
  return evaluated.value;
}

export function expectString(evaluated: Evaluated): string {
  if (typeof evaluated.value !== 'string') throw unexpected(evaluated, 'string');
  return evaluated.value;
}

export function expectNumber(evaluated: Evaluated, least: number, most: number): number {
  if (typeof evaluated.value !== 'number') throw unexpected(evaluated, 'number');
  return within(evaluated, evaluated.value, least, most);
}

export function expectInteger(evaluated: Evaluated, least: number, most: number): number {
  const { value } = evaluated;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw unexpected(evaluated, 'integer');
  return within(evaluated, value, least, most);
}

function within(evaluated: Evaluated, value: number, least: number, most: number): number {
  if (value < least || value > most)
    throw new QueryFailure(
      evaluated.field,
      `${subject(evaluated)} returned a value out of its acceptable range. Expected ${least} to ${most}, but was ${value}.`,
    );
  return value;
}

function unexpected(evaluated: Evaluated, type: string): QueryFailure {
  return new QueryFailure(
    evaluated.field,
    `${subject(evaluated)} returned an unexpected result type. Expected '${type}', but was '${typeName(evaluated.value)}' for value: ${JSON.stringify(evaluated.value)}`,
  );
}

export function subject({ field, source }: Evaluated): string {
  const expression = typeof source === 'string' ? expressionIn(source) : undefined;
  return expression === undefined
    ? `The value specified for the field '${field}'`
    : `The JSONata expression '${expression}' specified for the field '${field}'`;
}

export function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
