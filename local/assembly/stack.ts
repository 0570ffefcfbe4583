import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT_ID, REGION } from '../gateway/aws-service.ts';
import { AssemblyError } from './assembly-error.ts';
import type { AssetManifest } from './asset-manifest.ts';
import { COMPUTE_TYPES } from './compute-types.ts';
import { DATA_TYPES } from './data-types.ts';
import { DEPLOYMENT_TYPES } from './deployment-only.ts';
import { IDENTITY_TYPES } from './identity-types.ts';
import { evaluate, evaluateCondition, type Scope } from './intrinsics.ts';
import { MESSAGING_TYPES } from './messaging-types.ts';
import { PhysicalId } from './physical-id.ts';
import { arnOf, type NamedResource, type ResourceType, type ResourceTypes } from './resource-type.ts';
import { STORAGE_TYPES } from './storage-types.ts';
import type { Template, TemplateResource } from './template.ts';

/** The types that run here; `DEPLOYMENT_TYPES` are known by name only. */
export const EMBEDDED_TYPES: ResourceTypes = {
  ...COMPUTE_TYPES,
  ...DATA_TYPES,
  ...IDENTITY_TYPES,
  ...MESSAGING_TYPES,
  ...STORAGE_TYPES,
};

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** What is the same for a root stack and everything nested in it. */
export interface StackSettings {
  readonly directory: string;
  readonly assets: AssetManifest;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
}

/**
 * One template with the values its parameters have. Everything is evaluated when it is first asked for, one value at
 * a time: two nested stacks may then use each other's outputs, which CloudFormation would refuse as a cycle.
 */
export class Stack implements Scope {
  readonly template: Template;
  readonly name: string;
  private readonly settings: StackSettings;
  private readonly parent: Stack | undefined;
  private readonly logicalId: string;
  private readonly children = new Map<string, Stack>();
  private readonly values = new Map<string, unknown>();
  private readonly evaluating = new Set<string>();

  constructor(settings: StackSettings, templateFile: string, name: string, parent?: Stack, logicalId = '') {
    this.settings = settings;
    this.name = name;
    this.parent = parent;
    this.logicalId = logicalId;
    this.template = JSON.parse(readFileSync(join(settings.directory, templateFile), 'utf8')) as Template;
  }

  /** Logical ids of the nested stacks around this one, outermost first. */
  get path(): string {
    return this.parent ? `${this.parent.path}${this.logicalId}/` : '';
  }

  resource(logicalId: string): TemplateResource {
    const resource = this.template.Resources?.[logicalId];
    if (!resource) throw new AssemblyError(`${this.name} has no resource ${logicalId}`);
    return resource;
  }

  nested(logicalId: string): Stack {
    const existing = this.children.get(logicalId);
    if (existing) return existing;
    const url = this.evaluate(this.resource(logicalId).Properties?.['TemplateURL']);
    if (typeof url !== 'string') throw new AssemblyError(`Nested stack ${logicalId} has no TemplateURL`);
    const file = this.settings.assets.path(url).slice(this.settings.directory.length + 1);
    const child = new Stack(this.settings, file, this.idOf(logicalId).name(128), this, logicalId);
    this.children.set(logicalId, child);
    return child;
  }

  evaluate(value: unknown): unknown {
    return evaluate(value, this);
  }

  output(name: string): unknown {
    const output = this.template.Outputs?.[name];
    if (!output) throw new AssemblyError(`${this.name} has no output ${name}`);
    return this.once(`output ${name}`, () => this.evaluate(output.Value));
  }

  /** Values of all outputs whose condition holds. */
  outputs(): Record<string, unknown> {
    const entries = Object.entries(this.template.Outputs ?? {});
    return Object.fromEntries(
      entries
        .filter(([, { Condition: condition }]) => condition === undefined || this.condition(condition))
        .map(([name]) => [name, this.output(name)]),
    );
  }

  ref(name: string): unknown {
    if (name.startsWith('AWS::')) return this.pseudoParameter(name);
    if (name in (this.template.Parameters ?? {})) return this.parameter(name);
    const resource = this.resource(name);
    if (resource.Type === NESTED_STACK) return this.nested(name).stackId();
    return this.typeOf(name).ref(this.named(name));
  }

  attribute(logicalId: string, attribute: string): unknown {
    if (this.resource(logicalId).Type === NESTED_STACK) {
      const output = /^Outputs\.(.+)$/.exec(attribute)?.[1];
      if (output === undefined) throw new AssemblyError(`A nested stack has no attribute ${attribute}`);
      return this.nested(logicalId).output(output);
    }
    const type = this.typeOf(logicalId);
    const value =
      type.arn && attribute === (type.arnAttribute ?? 'Arn') ? type.arn : type.attributes?.[attribute];
    if (!value)
      throw new AssemblyError(
        `${this.name} asks for ${logicalId}.${attribute}, but the attribute ${attribute} of ${this.resource(logicalId).Type} is not known`,
      );
    return value(this.named(logicalId));
  }

  arn(logicalId: string): string | undefined {
    return this.typeOf(logicalId).arn?.(this.named(logicalId));
  }

  condition(name: string): boolean {
    const expression = this.template.Conditions?.[name];
    if (expression === undefined) throw new AssemblyError(`${this.name} has no condition ${name}`);
    return this.once(`condition ${name}`, () => evaluateCondition(expression, this)) as boolean;
  }

  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown {
    const value = this.template.Mappings?.[map]?.[topLevelKey]?.[secondLevelKey];
    if (value === undefined)
      throw new AssemblyError(`${this.name} maps nothing at ${map}.${topLevelKey}.${secondLevelKey}`);
    return value;
  }

  private stackId(): string {
    return arnOf('cloudformation', `stack/${this.name}/${new PhysicalId(this.path, this.name).uuid()}`);
  }

  private pseudoParameter(name: string): unknown {
    switch (name) {
      case 'AWS::AccountId':
        return ACCOUNT_ID;
      case 'AWS::NoValue':
        return undefined;
      case 'AWS::NotificationARNs':
        return [];
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::Region':
        return REGION;
      case 'AWS::StackId':
        return this.stackId();
      case 'AWS::StackName':
        return this.name;
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      default:
        throw new AssemblyError(`The pseudo parameter ${name} is not known`);
    }
  }

  private parameter(name: string): unknown {
    return this.once(`parameter ${name}`, () => {
      const declared = this.template.Parameters?.[name];
      const given = this.parent?.resource(this.logicalId).Properties?.['Parameters'] as
        Record<string, unknown> | undefined;
      const value =
        this.parent && given && name in given ? this.parent.evaluate(given[name]) : declared?.Default;
      if (value === undefined)
        throw new AssemblyError(`${this.name} gives no value to its parameter ${name}`);
      const isList = declared?.Type === 'CommaDelimitedList' || declared?.Type.startsWith('List<') === true;
      return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
    });
  }

  /** Evaluates a value at most once; throws AssemblyError where it depends on itself. */
  private once(key: string, evaluateNow: () => unknown): unknown {
    if (this.values.has(key)) return this.values.get(key);
    if (this.evaluating.has(key)) throw new AssemblyError(`In ${this.name} the ${key} depends on itself`);
    this.evaluating.add(key);
    try {
      const value = evaluateNow();
      this.values.set(key, value);
      return value;
    } finally {
      this.evaluating.delete(key);
    }
  }

  private typeOf(logicalId: string): ResourceType {
    const name = this.resource(logicalId).Type;
    const type = EMBEDDED_TYPES[name] ?? DEPLOYMENT_TYPES[name];
    if (!type) throw new AssemblyError(`The resource type ${name} of ${logicalId} is not known`);
    return type;
  }

  private idOf(logicalId: string): PhysicalId {
    return new PhysicalId(`${this.path}${logicalId}`, logicalId);
  }

  private named(logicalId: string): NamedResource {
    const properties = this.resource(logicalId).Properties ?? {};
    const optional = (property: string) => {
      const value = this.once(`property ${logicalId}.${property}`, () => this.evaluate(properties[property]));
      if (value === undefined || typeof value === 'string') return value;
      throw new AssemblyError(`${property} of ${logicalId} must be a string, not ${JSON.stringify(value)}`);
    };
    return {
      id: this.idOf(logicalId),
      logicalId,
      optional,
      required: (property) => {
        const value = optional(property);
        if (value === undefined) throw new AssemblyError(`${logicalId} has no ${property}`);
        return value;
      },
      graphqlUrl: this.settings.graphqlUrl,
      realtimeUrl: this.settings.realtimeUrl,
    };
  }
}
