import { ACCOUNT_ID, REGION } from '../gateway/aws-service.ts';
import type { PhysicalId } from './physical-id.ts';

/** A resource while it is being named; its properties are evaluated one by one, because stacks refer to each other. */
export interface NamedResource {
  readonly id: PhysicalId;
  readonly logicalId: string;
  /** The evaluated property; throws AssemblyError where it is not a string. */
  required(property: string): string;
  /** The same, or undefined where the template does not set it. */
  optional(property: string): string | undefined;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
}

/** How one CloudFormation type answers `Ref` and `Fn::GetAtt`, and which properties the embedded AWS understands. */
export interface ResourceType {
  /** Honoured, or without any effect on one machine (tags, log retention). Any other property is refused by name. */
  readonly properties: readonly string[];
  readonly ref: (resource: NamedResource) => string;
  readonly arn?: (resource: NamedResource) => string;
  /** Attributes besides those that `arn` gives. */
  readonly attributes?: Readonly<Record<string, (resource: NamedResource) => string>>;
  /** Name of the attribute that is the ARN; `Arn` if not said. */
  readonly arnAttribute?: string;
}

export type ResourceTypes = Readonly<Record<string, ResourceType>>;

/** ARN of a resource in the embedded AWS's one region and account. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
}

/** A type that nothing can refer to by more than its made-up name: policies and attachments, for example. */
export function nameless(...properties: string[]): ResourceType {
  return { properties, ref: (resource) => resource.id.name(128) };
}
