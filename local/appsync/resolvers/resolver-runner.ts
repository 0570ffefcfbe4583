import type { Clock } from '../../clock/clock.ts';
import type { AwsApi } from '../../gateway/aws-service.ts';
import { AppSyncConfigurationError, type AppSyncApi, type ResolverConfig } from '../appsync-api.ts';
import { createDataSource, type DataSource } from '../data-sources/data-source.ts';
import { ResolverError } from '../resolver-error.ts';
import { JavaScriptRuntime } from './javascript-runtime.ts';
import { createResolverHost } from './resolver-host.ts';
import { ResolverRun, type FieldCall, type Step } from './resolver-run.ts';
import { requireSoundHandlers } from './sound-handlers.ts';

/**
 * Runs the resolvers of an API. The constructor throws AppSyncConfigurationError for references that lead
 * nowhere and templates that cannot run.
 */
export class ResolverRunner {
  private readonly api: AppSyncApi;
  private readonly clock: Clock;
  private readonly log: (line: string) => void;
  private readonly javaScript: JavaScriptRuntime;
  private readonly dataSources: ReadonlyMap<string, DataSource>;
  private readonly steps = new Map<ResolverConfig, readonly Step[]>();

  constructor(api: AppSyncApi, aws: AwsApi, clock: Clock, log: (line: string) => void) {
    this.api = api;
    this.clock = clock;
    this.log = log;
    this.javaScript = new JavaScriptRuntime(log);
    this.dataSources = new Map(api.dataSources.map((config) => [config.name, createDataSource(config, aws)]));
    for (const resolver of api.resolvers) this.steps.set(resolver, this.stepsOf(resolver));
    requireSoundHandlers(api);
  }

  /** Resolves a field's value. Throws ResolverError. */
  async run(resolver: ResolverConfig, call: FieldCall): Promise<unknown> {
    const { context, info } = call;
    const field = {
      fieldName: info.fieldName,
      parentTypeName: info.parentType.name,
      appendError: (error: ResolverError) => {
        context.appended.push({ error, info });
      },
    };
    const host = createResolverHost(context, field, this.clock);
    const run = new ResolverRun(call, host, this.javaScript, this.api.environment);
    const steps = this.steps.get(resolver) ?? [];
    try {
      return await (resolver.steps.kind === 'UNIT'
        ? run.unit(steps)
        : run.pipeline(resolver.handlers, steps));
    } catch (error) {
      throw this.known(error, resolver);
    }
  }

  /** What no resolver raised is a fault of this service or of its configuration: it is logged where it happened. */
  private known(error: unknown, { typeName, fieldName }: ResolverConfig): ResolverError {
    if (error instanceof ResolverError) return error;
    const cause = error instanceof Error ? error : new Error(String(error));
    this.log(`AppSync: ${typeName}.${fieldName}: ${cause.stack ?? cause.message}`);
    return new ResolverError(cause.message, 'InternalFailure');
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
