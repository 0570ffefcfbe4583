import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { checkPattern } from './event-pattern.ts';
import type { EventPattern } from './event-pattern.ts';
import type { Rule, Target } from './rule.ts';
import { rateInMilliseconds } from './schedule.ts';

/** The buses and enabled rules of a synthesized backend. Throws for what this part does not know, naming it. */
export function eventBridgeFromAssembly(assembly: Assembly): { buses: string[]; rules: Rule[] } {
  const buses = assembly.ofType('AWS::Events::EventBus').map((bus) => bus.ref);
  const rules = assembly
    .ofType('AWS::Events::Rule')
    .filter((rule) => rule.properties['State'] !== 'DISABLED')
    .map(toRule);
  return { buses: ['default', ...buses], rules };
}

interface RuleProperties {
  readonly EventBusName?: string;
  readonly EventPattern?: EventPattern;
  readonly ScheduleExpression?: string;
  readonly Targets?: readonly TargetProperties[];
}

interface TargetProperties {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
  readonly DeadLetterConfig?: { Arn: string };
  readonly RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  readonly AppSyncParameters?: { GraphQLOperation: string };
}

const KNOWN_TARGET_PROPERTIES = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'DeadLetterConfig',
  'RetryPolicy',
  'AppSyncParameters',
]);

function toRule(resource: AssemblyResource): Rule {
  const properties = resource.properties as RuleProperties;
  if (properties.EventPattern) checkPattern(properties.EventPattern);
  return {
    name: resource.ref.split('|').at(-1) ?? resource.ref,
    arn: resource.arn ?? resource.ref,
    bus: busName(properties.EventBusName),
    ...(properties.EventPattern && { pattern: properties.EventPattern }),
    ...(properties.ScheduleExpression && { every: rateInMilliseconds(properties.ScheduleExpression) }),
    targets: (properties.Targets ?? []).map((target) => toTarget(target, resource)),
  };
}

function toTarget(target: TargetProperties, rule: AssemblyResource): Target {
  for (const name of Object.keys(target))
    if (!KNOWN_TARGET_PROPERTIES.has(name))
      throw new Error(`${rule.stack}/${rule.logicalId}: a target's ${name} is not supported`);
  return {
    id: target.Id,
    arn: target.Arn,
    maximumRetryAttempts: target.RetryPolicy?.MaximumRetryAttempts ?? 185,
    maximumEventAge: (target.RetryPolicy?.MaximumEventAgeInSeconds ?? 86_400) * 1000,
    ...(target.RoleArn !== undefined && { roleArn: target.RoleArn }),
    ...(target.DeadLetterConfig && { deadLetterArn: target.DeadLetterConfig.Arn }),
    ...(target.Input !== undefined && { input: target.Input }),
    ...(target.InputPath !== undefined && { inputPath: target.InputPath }),
    ...(target.InputTransformer && {
      inputTransformer: {
        paths: target.InputTransformer.InputPathsMap ?? {},
        template: target.InputTransformer.InputTemplate,
      },
    }),
    ...(target.AppSyncParameters && { graphqlOperation: target.AppSyncParameters.GraphQLOperation }),
  };
}

/** A bus is named by its name or its ARN. */
export function busName(reference: string | undefined): string {
  return reference?.split('/').at(-1) ?? 'default';
}
