import { readFileSync } from 'node:fs';
import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { nameIn } from './arns.ts';
import { isObject } from './definition/json.ts';
import { parseDefinition } from './definition/parse-definition.ts';
import type { MachineSource } from './engine/machines.ts';

interface MachineProperties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: string;
  readonly RoleArn: string;
  readonly DefinitionString?: string;
  readonly Definition?: unknown;
  readonly DefinitionS3Location?: { readonly Bucket: string; readonly Key: string };
  readonly DefinitionSubstitutions?: Readonly<Record<string, string | number | boolean>>;
}

/** The state machines of a synthesized backend. Throws one Error that names every one that cannot run here, and why. */
export function machinesFromAssembly(assembly: Assembly): MachineSource[] {
  const problems: string[] = [];
  const machines = assembly.ofType('AWS::StepFunctions::StateMachine').flatMap((resource) => {
    try {
      return [machineOf(assembly, resource)];
    } catch (error) {
      problems.push(`${resource.logicalId}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  if (problems.length > 0)
    throw new Error(
      `State machines that the embedded Step Functions cannot run:\n- ${problems.join('\n- ')}`,
    );
  return machines;
}

function machineOf(assembly: Assembly, resource: AssemblyResource): MachineSource {
  const properties = resource.properties as unknown as MachineProperties; // the shape of AWS::StepFunctions::StateMachine
  const type = properties.StateMachineType ?? 'STANDARD';
  if (type !== 'STANDARD') throw new Error(`type ${type} is not embedded, only STANDARD is`);
  const definition = substitute(
    definitionText(assembly, properties),
    properties.DefinitionSubstitutions ?? {},
  );
  parseDefinition(definition);
  return {
    name: properties.StateMachineName ?? nameIn(resource.arn ?? resource.ref),
    definition,
    roleArn: properties.RoleArn,
  };
}

function definitionText(assembly: Assembly, properties: MachineProperties): string {
  const { DefinitionString, Definition, DefinitionS3Location } = properties;
  if (DefinitionString !== undefined) return DefinitionString;
  if (isObject(Definition)) return JSON.stringify(Definition);
  if (!DefinitionS3Location) throw new Error('it has no definition');
  const { Bucket, Key } = DefinitionS3Location;
  return readFileSync(assembly.assetPath(`s3://${Bucket}/${Key}`), 'utf8');
}

const PLACEHOLDER = /\$\{([A-Za-z0-9_]+)\}/g;

/** CloudFormation leaves a placeholder without a value as it is; here that is an error, for it is one on AWS at run time. */
function substitute(text: string, values: NonNullable<MachineProperties['DefinitionSubstitutions']>): string {
  return text.replaceAll(PLACEHOLDER, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${placeholder} has no value in DefinitionSubstitutions`);
    return String(value);
  });
}
