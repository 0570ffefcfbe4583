import type { GraphQLResolveInfo } from 'graphql';
import type { HandlerCode } from '../appsync-api.ts';
import { DataSourceError } from '../data-sources/data-source-error.ts';
import type { DataSource } from '../data-sources/data-source.ts';
import type { RequestContext } from '../request-context.ts';
import { ResolverError } from '../resolver-error.ts';
import { toPlain } from '../velocity/java-collections.ts';
import { runHandler, type HandlerContext, type HandlerOutcome, type HandlerState } from './handler-step.ts';
import type { JavaScriptRuntime, Phase } from './javascript-runtime.ts';
import type { ResolverHost } from './resolver-host.ts';
import { fieldInfo } from './selection-set.ts';

/** The field that a resolver answers. */
export interface FieldCall {
  readonly source: unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly info: GraphQLResolveInfo;
}

/** A function of a pipeline, or a unit resolver: handlers around one data source. */
export interface Step {
  readonly name: string;
  readonly handlers: HandlerCode;
  readonly dataSource: DataSource;
  readonly maxBatchSize: number;
}

/** One resolution of one field. */
export class ResolverRun {
  private readonly call: FieldCall;
  private readonly host: ResolverHost;
  private readonly javaScript: JavaScriptRuntime;
  private readonly state: HandlerState;
  private readonly base: HandlerContext;

  constructor(
    call: FieldCall,
    host: ResolverHost,
    javaScript: JavaScriptRuntime,
    env: Readonly<Record<string, string>>,
  ) {
    this.call = call;
    this.host = host;
    this.javaScript = javaScript;
    this.state = { args: call.args, stash: {}, prev: { result: null } };
    this.base = {
      identity: call.context.identity,
      source: call.source ?? null,
      request: { headers: call.context.headers, domainName: null },
      info: fieldInfo(call.info),
      env,
    };
  }

  async unit(steps: readonly Step[]): Promise<unknown> {
    for (const step of steps) this.state.prev.result = (await this.step(step)).value;
    return this.state.prev.result;
  }

  async pipeline(handlers: HandlerCode, steps: readonly Step[]): Promise<unknown> {
    const before = await this.handler(handlers, 'request');
    if (before?.returned) return before.value;
    this.state.prev.result = before?.value ?? null;
    for (const step of steps) {
      const { value, returned } = await this.step(step);
      this.state.prev.result = value;
      if (returned === 'END') break;
    }
    const after = await this.handler(handlers, 'response', { result: this.state.prev.result });
    return after ? after.value : this.state.prev.result;
  }

  /** Request handler, data source, response handler. An error of the data source is the response handler's to raise. */
  private async step(step: Step): Promise<HandlerOutcome> {
    const request = await this.handler(step.handlers, 'request');
    if (request?.returned) return request;
    const { result, error } = await this.ask(step, request ? request.value : this.wholeContext());
    const response = await this.handler(step.handlers, 'response', error ? { result, error } : { result });
    if (response) return response;
    if (error) throw new ResolverError(error.message, error.type);
    return { value: result };
  }

  private async ask(step: Step, request: unknown) {
    const { context } = this.call;
    try {
      const invocation = { context, caller: step.name, maxBatchSize: step.maxBatchSize };
      return { result: await step.dataSource.run(request, invocation) };
    } catch (failure) {
      if (!(failure instanceof DataSourceError)) throw failure;
      return { result: failure.result, error: { message: failure.message, type: failure.type } };
    }
  }

  private handler(
    handlers: HandlerCode,
    phase: Phase,
    outcome: Partial<HandlerContext> = {},
  ): Promise<HandlerOutcome | undefined> {
    return runHandler(handlers, phase, this.state, { ...this.base, ...outcome }, this.host, this.javaScript);
  }

  /** A direct Lambda resolver has no request handler: the function gets the context itself. */
  private wholeContext(): unknown {
    const { args, stash, prev } = this.state;
    const payload = { ...this.base, arguments: toPlain(args), stash: toPlain(stash), prev };
    return { operation: 'Invoke', payload };
  }
}
