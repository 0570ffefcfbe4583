import { devNull } from 'node:os';
import { REGION } from '../gateway/aws-service.ts';
import type { RoleCredentials } from '../gateway/credential-registry.ts';
import type { FunctionDefinition } from './function-definition.ts';

/**
 * The whole environment of a function: what the backend defines, what Lambda adds ("Defined runtime environment
 * variables"), and what keeps the SDK and Powertools on this machine. Nothing is inherited from this process.
 */
export function sandboxEnvironment(
  definition: FunctionDefinition,
  credentials: RoleCredentials,
  endpointUrl: string,
  logStream: string,
): Record<string, string> {
  const { logging } = definition;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: definition.handler,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memory),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logging.group,
    ...(logging.format !== undefined && { AWS_LAMBDA_LOG_FORMAT: logging.format }),
    ...(logging.level !== undefined && { AWS_LAMBDA_LOG_LEVEL: logging.level }),
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: definition.codeDirectory,
    ...definition.environment,
    AWS_ENDPOINT_URL: endpointUrl,
    // The developer's own profiles must not leak in.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    // As in SAM local: there is no X-Ray daemon.
    AWS_SAM_LOCAL: 'true',
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
    POWERTOOLS_TRACE_ENABLED: 'false',
  };
}
