/** What a synthesized GraphQL API is made of. Templates and code are texts, names are resolved. */
export interface AppSyncApi {
  readonly apiId: string;
  /** SDL, without AppSync's own scalars and directives. */
  readonly schema: string;
  /** The default mode comes first. */
  readonly authModes: readonly [AuthMode, ...AuthMode[]];
  readonly dataSources: readonly DataSourceConfig[];
  readonly functions: readonly FunctionConfig[];
  readonly resolvers: readonly ResolverConfig[];
  readonly introspection: boolean;
  /** How deep a query may nest; absent means as deep as it likes. */
  readonly queryDepthLimit?: number;
  /** `ctx.env` of JavaScript resolvers. */
  readonly environment: Readonly<Record<string, string>>;
}

export type AuthMode = 'AMAZON_COGNITO_USER_POOLS' | 'AWS_IAM';

export type DataSourceConfig =
  | { readonly type: 'NONE'; readonly name: string }
  | {
      readonly type: 'AMAZON_DYNAMODB';
      readonly name: string;
      readonly tableName: string;
      readonly serviceRoleArn: string;
    }
  | {
      readonly type: 'AWS_LAMBDA';
      readonly name: string;
      readonly functionArn: string;
      readonly serviceRoleArn: string;
    };

/** What runs before and after a data source. An absent half passes on what it is given. */
export type HandlerCode =
  | { readonly runtime: 'VTL'; readonly request?: string; readonly response?: string }
  | { readonly runtime: 'APPSYNC_JS'; readonly code: string };

export interface FunctionConfig {
  readonly functionId: string;
  readonly name: string;
  readonly dataSource: string;
  readonly handlers: HandlerCode;
  /** How many invocations `BatchInvoke` puts together; 0 without batching. */
  readonly maxBatchSize: number;
}

export interface ResolverConfig {
  readonly typeName: string;
  readonly fieldName: string;
  readonly handlers: HandlerCode;
  readonly steps:
    | { readonly kind: 'UNIT'; readonly dataSource: string; readonly maxBatchSize: number }
    | { readonly kind: 'PIPELINE'; readonly functionIds: readonly string[] };
}

/** The API uses something that is not run here; found at start-up. */
export class AppSyncConfigurationError extends Error {
  override readonly name = 'AppSyncConfigurationError';
}
