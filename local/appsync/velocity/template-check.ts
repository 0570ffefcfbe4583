import type { HostFunctions } from './host-object.ts';
import { parseTemplate, type Reference } from './syntax.ts';

/**
 * What is wrong with a template that can be seen before it runs: undefined where nothing is. `roots` are the functions
 * that it may call, by the variable they hang on; one that is not there would be printed as text, unnoticed.
 */
export function templateProblem(source: string, roots: HostFunctions): string | undefined {
  try {
    const unknown = references(parseTemplate(source)).find((reference) => !leadsSomewhere(reference, roots));
    return unknown && `there is no ${nameOf(unknown)}`;
  } catch (error) {
    return `it is not Velocity: ${(error as Error).message}`;
  }
}

/** All references in a tree of the parser, wherever they stand. */
function references(node: unknown): readonly Reference[] {
  if (node === null || typeof node !== 'object') return [];
  const inner = Object.values(node).flatMap(references);
  return 'type' in node && node.type === 'references' ? [node as Reference, ...inner] : inner;
}

/** The reference as far as its steps have names. */
function nameOf({ id, path = [] }: Reference): string {
  return path.reduce((name, step) => (step.type === 'index' ? name : `${name}.${step.id}`), `$${id}`);
}

function leadsSomewhere({ id, path = [] }: Reference, roots: HostFunctions): boolean {
  let member = Object.hasOwn(roots, id) ? roots[id] : undefined;
  if (member === undefined) return true; // a variable of the template
  for (const step of path) {
    if (typeof member === 'function') return true; // what a function gave
    if (step.type === 'index' || !Object.hasOwn(member, step.id)) return false;
    const next: HostFunctions[string] | undefined = member[step.id];
    if (next === undefined) return false;
    member = next;
  }
  return true;
}
