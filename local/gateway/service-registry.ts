import {
  AwsServiceError,
  type AwsApi,
  type AwsOperation,
  type AwsService,
  type Caller,
  type Permission,
} from './aws-service.ts';

/** Decides about permissions; `iam/` is the real one. */
export interface Authorizer {
  /** Throws AwsServiceError `AccessDeniedException` unless `caller` has every one of `permissions`. */
  authorize(caller: Caller, permissions: readonly Permission[]): void;
}

/** The one way from one service to another, and from the gateway to all. */
export class ServiceRegistry implements AwsApi {
  private readonly authorizer: Authorizer;
  private readonly services = new Map<string, AwsService>();

  constructor(authorizer: Authorizer) {
    this.authorizer = authorizer;
  }

  /** Services need each other's door before they exist, so that they are added one by one. */
  add(service: AwsService): void {
    if (this.services.has(service.name)) throw new Error(`There are two services ${service.name}`);
    this.services.set(service.name, service);
  }

  list(): readonly AwsService[] {
    return [...this.services.values()];
  }

  async call(service: string, operation: string, input: unknown, caller: Caller): Promise<unknown> {
    const found = this.find(service, operation);
    const given = asInput(input);
    const permissions = found.permissions?.(given) ?? [];
    if (permissions.length > 0) this.authorizer.authorize(caller, permissions);
    return found.run(given, caller);
  }

  /** Throws AwsServiceError `UnknownOperationException` that names what is missing. */
  find(service: string, operation: string): AwsOperation {
    const operations = this.services.get(service)?.operations;
    if (!operations)
      throw new AwsServiceError('UnknownOperationException', `The service ${service} is not embedded`);
    const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!found)
      throw new AwsServiceError('UnknownOperationException', `${operation} of ${service} is not embedded`);
    return found;
  }
}

function asInput(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input))
    return input as Readonly<Record<string, unknown>>;
  throw new AwsServiceError('SerializationException', 'The input of an operation is a JSON object');
}
