import { ResolverError } from '../resolver-error.ts';
import { DataSourceError, dataSourceError } from './data-source-error.ts';
import type { DataSource, DataSourceInvocation, ServiceCall } from './data-source.ts';

interface LambdaRequest {
  readonly operation?: string;
  readonly payload?: unknown;
  readonly invocationType?: 'RequestResponse' | 'Event';
}

/** One Lambda function. */
export class LambdaDataSource implements DataSource {
  private readonly functionArn: string;
  private readonly call: ServiceCall;

  constructor(functionArn: string, call: ServiceCall) {
    this.functionArn = functionArn;
    this.call = call;
  }

  async run(input: unknown, invocation: DataSourceInvocation): Promise<unknown> {
    const { operation, payload = null, invocationType = 'RequestResponse' } = (input ?? {}) as LambdaRequest;
    switch (operation) {
      case 'Invoke':
        return this.invoke(payload, invocationType);
      case 'BatchInvoke':
        return invocation.context.batches.add(
          invocation.caller,
          invocation.maxBatchSize,
          payload,
          (payloads) => this.invoke(payloads, 'RequestResponse'),
        );
      default:
        throw new ResolverError(
          `Unsupported operation '${String(operation)}'. A Lambda data source has Invoke and BatchInvoke.`,
          'MappingTemplate',
        );
    }
  }

  private async invoke(payload: unknown, invocationType: string): Promise<unknown> {
    const output = await this.invoked(payload, invocationType);
    if (output.FunctionError === undefined) return output.Payload ?? null;
    const failure = (output.Payload ?? {}) as { errorType?: string; errorMessage?: string };
    throw new DataSourceError(`Lambda:${output.FunctionError}`, failure.errorMessage ?? 'Unknown error');
  }

  private async invoked(payload: unknown, invocationType: string) {
    const input = { FunctionName: this.functionArn, Payload: payload, InvocationType: invocationType };
    try {
      return (await this.call('Invoke', input)) as { FunctionError?: string; Payload?: unknown };
    } catch (error) {
      throw dataSourceError(error, 'Lambda', 'AWSLambda');
    }
  }
}
