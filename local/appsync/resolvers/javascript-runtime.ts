import { createContext, Script, type Context } from 'node:vm';
import { transform } from 'esbuild';
import { ResolverError } from '../resolver-error.ts';
import type { HostFunctions } from '../velocity/host-object.ts';
import { BOOTSTRAP } from './javascript-bootstrap.ts';
import type { ResolverHost } from './resolver-host.ts';

export type Phase = 'request' | 'response';

export interface JavaScriptResult {
  readonly value: unknown;
  /** `runtime.earlyReturn`: where to go on. */
  readonly returned?: 'NEXT' | 'END';
  /** What the handler left in `ctx.stash` and `ctx.args`. */
  readonly stash: unknown;
  readonly args: unknown;
}

type RunHandler = (phase: Phase, context: string) => string;
type Load = (factory: unknown) => RunHandler;
type Bootstrap = (bridge: (name: string, args: string) => string, names: string) => Load;

/**
 * Runs APPSYNC_JS code. Its context has JavaScript's own objects and nothing of Node; only JSON text passes between it
 * and the host, so that no object of the host can be reached through its prototype.
 */
export class JavaScriptRuntime {
  private readonly context: Context = createContext(Object.create(null) as object, {
    codeGeneration: { strings: false, wasm: false },
  });
  private readonly log: (line: string) => void;
  private readonly handlers = new Map<string, Promise<RunHandler>>();
  private load: Load | undefined;
  /** The call that runs at the moment: handlers are synchronous. */
  private current: { readonly host: ResolverHost; failure?: unknown } | undefined;

  constructor(log: (line: string) => void) {
    this.log = log;
  }

  /** Throws ResolverError: what the code raised by `util.error`, or `Code` for its own failure. */
  async run(code: string, phase: Phase, context: object, host: ResolverHost): Promise<JavaScriptResult> {
    const handler = await this.handler(code, host);
    this.current = { host };
    try {
      return JSON.parse(handler(phase, JSON.stringify(context))) as JavaScriptResult;
    } catch (error) {
      throw this.failureOf(error);
    } finally {
      this.current = undefined;
    }
  }

  private failureOf(error: unknown): unknown {
    const failure = this.current?.failure;
    if (failure !== undefined) return failure;
    const message = (error as { readonly message?: unknown } | null)?.message;
    return new ResolverError(`Runtime Error: ${String(message ?? error)}`, 'Code');
  }

  private handler(code: string, host: ResolverHost): Promise<RunHandler> {
    let handler = this.handlers.get(code);
    if (handler === undefined) {
      handler = this.compile(code, host);
      this.handlers.set(code, handler);
    }
    return handler;
  }

  private async compile(code: string, host: ResolverHost): Promise<RunHandler> {
    const { code: commonJs } = await transform(code, { format: 'cjs', loader: 'js' });
    this.load ??= this.bootstrap(host);
    const factory: unknown = new Script(`(function (module, exports, require) {${commonJs}\n})`).runInContext(
      this.context,
    );
    return this.load(factory);
  }

  private bootstrap(host: ResolverHost): Load {
    const start = new Script(BOOTSTRAP).runInContext(this.context) as Bootstrap;
    const names = [...functionNames(host.util, 'util'), ...functionNames(host.extensions, 'extensions')];
    return start(
      (name, args) => this.bridge(name, args),
      JSON.stringify([...names, 'console.log', 'console.error']),
    );
  }

  /** Text in, text out. A failure is kept here and only named inside. */
  private bridge(name: string, args: string): string {
    const current = this.current;
    if (current === undefined) return '{}';
    try {
      const values = JSON.parse(args) as unknown[];
      return JSON.stringify({ value: this.call(name, values, current.host) });
    } catch (failure) {
      current.failure = failure;
      return JSON.stringify({ failed: true });
    }
  }

  private call(name: string, args: readonly unknown[], host: ResolverHost): unknown {
    const [root = '', ...path] = name.split('.');
    if (root === 'console') {
      this.log(args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' '));
      return undefined;
    }
    const start: HostFunctions[string] | undefined = root === 'util' ? host.util : host.extensions;
    const member = path.reduce<HostFunctions[string] | undefined>(
      (object, key) => (typeof object === 'object' ? object[key] : undefined),
      start,
    );
    return typeof member === 'function' ? member(...args) : undefined;
  }
}

function functionNames(functions: HostFunctions, prefix: string): string[] {
  return Object.entries(functions).flatMap(([name, member]) =>
    typeof member === 'function' ? [`${prefix}.${name}`] : functionNames(member, `${prefix}.${name}`),
  );
}
