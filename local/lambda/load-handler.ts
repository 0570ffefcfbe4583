import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';

type Exports = Record<string, unknown>;

export type Handler = (event: unknown, context: object) => unknown;

/** Loading the code failed; `name` is Lambda's own type of error. */
export class HandlerError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Imports a function's code as Lambda's Node.js runtime does: `index.handler` is the export `handler` of index.mjs, index.cjs or index.js. */
export async function loadHandler(directory: string, handler: string): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const [base, exportName] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const path = ['.mjs', '.cjs', '.js'].map((extension) => join(directory, base + extension)).find(existsSync);
  if (path === undefined)
    throw new HandlerError('Runtime.ImportModuleError', `Error: Cannot find module '${base}'`);

  const isScript = path.endsWith('.js') && !existsSync(join(directory, 'package.json'));
  const loaded = isScript ? runScript(path) : ((await import(pathToFileURL(path).href)) as Exports);
  const exported = loaded[exportName] ?? (loaded['default'] as Exports | undefined)?.[exportName];
  if (typeof exported !== 'function')
    throw new HandlerError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (exported.length > 2)
    throw new HandlerError(
      'Runtime.CallbackHandlerDeprecated',
      `${handler} takes a callback: return a promise`,
    );
  return exported as Handler;
}

/**
 * In Lambda `.js` without a package.json of its own is CommonJS. Here one further up may say otherwise, and Node would
 * listen to it, so that the script is run by hand.
 */
function runScript(path: string): Exports {
  const module: { exports: Exports } = { exports: {} };
  const script = compileFunction(
    readFileSync(path, 'utf8'),
    ['exports', 'require', 'module', '__filename', '__dirname'],
    { filename: path, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  );
  (script as (...values: unknown[]) => void)(
    module.exports,
    createRequire(path),
    module,
    path,
    dirname(path),
  );
  return module.exports;
}
