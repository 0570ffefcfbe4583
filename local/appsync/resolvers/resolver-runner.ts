import type { GraphQLResolveInfo } from 'graphql';
import type { Clock } from '../../clock/clock.ts';
import type { AwsApi } from '../../gateway/aws-service.ts';
import {
  AppSyncConfigurationError,
  type AppSyncApi,
  type HandlerCode,
  type ResolverConfig,
} from '../appsync-api.ts';
import { DataSourceError } from '../data-sources/data-source-error.ts';
import { createDataSource, type DataSource } from '../data-sources/data-source.ts';
import type { RequestContext } from '../request-context.ts';
import { ResolverError } from '../resolver-error.ts';
import { createUtil } from '../util/util.ts';
import { toPlain } from '../velocity/java-collections.ts';
import { createExtensions } from './extensions.ts';
import { runHandler, type HandlerContext, type HandlerOutcome, type HandlerState } from './handler-step.ts';
import { JavaScriptRuntime, type JavaScriptHost, type Phase } from './javascript-runtime.ts';
import { fieldInfo } from './selection-set.ts';

/** The field that a resolver answers. */
export interface FieldCall {
  readonly source: unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly info: GraphQLResolveInfo;
}

/** A function of a pipeline, or a unit resolver: handlers around one data source. */
interface Step {
  readonly name: string;
  readonly handlers: HandlerCode;
  readonly dataSource: DataSource;
  readonly maxBatchSize: number;
}

const AUTH_TYPES = {
  AMAZON_COGNITO_USER_POOLS: 'User Pool Authorization',
  AWS_IAM: 'IAM Authorization',
} as const;

/** Runs the resolvers of an API. The constructor throws AppSyncConfigurationError for references that lead nowhere. */
export class ResolverRunner {
  private readonly api: AppSyncApi;
  private readonly clock: Clock;
  private readonly javaScript: JavaScriptRuntime;
  private readonly dataSources: ReadonlyMap<string, DataSource>;
  private readonly steps = new Map<ResolverConfig, readonly Step[]>();

  constructor(api: AppSyncApi, aws: AwsApi, clock: Clock, log: (line: string) => void) {
    this.api = api;
    this.clock = clock;
    this.javaScript = new JavaScriptRuntime(log);
    this.dataSources = new Map(api.dataSources.map((config) => [config.name, createDataSource(config, aws)]));
    for (const resolver of api.resolvers) this.steps.set(resolver, this.stepsOf(resolver));
  }

  /** Resolves a field's value. Throws ResolverError. */
  async run(resolver: ResolverConfig, call: FieldCall): Promise<unknown> {
    const run = new ResolverRun(call, this.hostFor(call), this.javaScript, this.api.environment);
    const steps = this.steps.get(resolver) ?? [];
    return resolver.steps.kind === 'UNIT' ? run.unit(steps) : run.pipeline(resolver.handlers, steps);
  }

  private hostFor({ context, info }: FieldCall): JavaScriptHost {
    return {
      util: createUtil({
        clock: this.clock,
        authType: AUTH_TYPES[context.authMode],
        fieldName: info.fieldName,
        parentTypeName: info.parentType.name,
        appendError: (error) => context.appended.push({ error, info }),
      }),
      extensions: createExtensions(context),
    };
  }

  private stepsOf(resolver: ResolverConfig): readonly Step[] {
    const name = `${resolver.typeName}.${resolver.fieldName}`;
    const { steps, handlers } = resolver;
    if (steps.kind === 'UNIT')
      return [
        {
          name,
          handlers,
          dataSource: this.dataSource(steps.dataSource, name),
          maxBatchSize: steps.maxBatchSize,
        },
      ];
    return steps.functionIds.map((id) => {
      const config = this.api.functions.find(({ functionId }) => functionId === id);
      if (config === undefined) throw new AppSyncConfigurationError(`${name}: there is no function ${id}`);
      return {
        name: `${name}/${config.name}`,
        handlers: config.handlers,
        dataSource: this.dataSource(config.dataSource, name),
        maxBatchSize: config.maxBatchSize,
      };
    });
  }

  private dataSource(name: string, user: string): DataSource {
    const dataSource = this.dataSources.get(name);
    if (dataSource === undefined)
      throw new AppSyncConfigurationError(`${user}: there is no data source ${name}`);
    return dataSource;
  }
}

/** One resolution of one field. */
class ResolverRun {
  private readonly call: FieldCall;
  private readonly host: JavaScriptHost;
  private readonly javaScript: JavaScriptRuntime;
  private readonly state: HandlerState;
  private readonly base: HandlerContext;

  constructor(
    call: FieldCall,
    host: JavaScriptHost,
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
