import type { HandlerCode } from '../appsync-api.ts';
import { JavaMap, toJava, toPlain } from '../velocity/java-collections.ts';
import { HostObject } from '../velocity/host-object.ts';
import { renderMappingTemplate } from '../velocity/mapping-template.ts';
import type { JavaScriptRuntime, Phase } from './javascript-runtime.ts';
import type { ResolverHost } from './resolver-host.ts';

/** What travels through the handlers of one resolver and may be changed by each. */
export interface HandlerState {
  args: unknown;
  stash: unknown;
  readonly prev: { result: unknown };
}

/** What handlers see and cannot hand on. */
export interface HandlerContext {
  readonly identity: unknown;
  readonly source: unknown;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly domainName: null };
  readonly info: object;
  readonly env: Readonly<Record<string, string>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly type: string };
}

export interface HandlerOutcome {
  readonly value: unknown;
  /** The handler ended early: `NEXT` skips its data source, `END` the rest of the pipeline as well. */
  readonly returned?: 'NEXT' | 'END';
}

/**
 * Runs one half of a function or resolver; undefined where it has no such half. Templates keep Java's collections
 * between them, because they change `$ctx.stash` and `$ctx.args` in place.
 */
export async function runHandler(
  handlers: HandlerCode,
  phase: Phase,
  state: HandlerState,
  context: HandlerContext,
  host: ResolverHost,
  javaScript: JavaScriptRuntime,
): Promise<HandlerOutcome | undefined> {
  if (handlers.runtime === 'APPSYNC_JS') {
    const visible = { ...context, args: toPlain(state.args), stash: toPlain(state.stash), prev: state.prev };
    const outcome = await javaScript.run(handlers.code, phase, visible, host);
    state.args = outcome.args;
    state.stash = outcome.stash;
    return outcome;
  }
  const template = handlers[phase];
  if (template === undefined) return undefined;
  const args = toJava(state.args);
  const stash = toJava(state.stash);
  const ctx = toJava({ ...context, prev: state.prev, args, arguments: args, stash }) as JavaMap;
  const variables = {
    ctx,
    context: ctx,
    util: new HostObject(host.util),
    utils: new HostObject(host.util),
    extensions: new HostObject(host.extensions),
  };
  const { value, returned } = renderMappingTemplate(template, variables);
  state.args = ctx.property('args');
  state.stash = ctx.property('stash');
  return returned ? { value, returned: 'NEXT' } : { value };
}
