import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Definition, Scope, State } from './asl-lint.ts';

/** Every state machine by its file's name without `.asl.json`. */
export const definitions: Readonly<Record<string, Definition>> = Object.fromEntries(
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.asl.json'))
    .map((file) => [
      file.replace('.asl.json', ''),
      JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Definition,
    ]),
);

/** Throws where there is no such file. */
export function definitionOf(name: string): Definition {
  const definition = definitions[name];
  if (!definition) throw new Error(`There is no ${name}.asl.json`);
  return definition;
}

/** Throws where there is no such state. */
export function stateOf(scope: Scope, name: string): State {
  const state = scope.States[name];
  if (!state) throw new Error(`There is no state ${name}`);
  return state;
}
