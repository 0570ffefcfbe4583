import * as z from 'zod/mini';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import { syntaxErrorIn } from '../query/jsonata-query.ts';
import { isTimestamp } from '../query/timestamp.ts';
import { parseTaskResource } from '../tasks/task-resource.ts';
import { isObject } from './json.ts';
import {
  machineDefinition,
  type MachineDefinition,
  type State,
  type StateOf,
  type SubMachine,
} from './machine-definition.ts';

const LARGEST_DEFINITION = 1_048_576;
const LONGEST_STATE_NAME = 80;

/**
 * Reads a state machine's ASL. Throws AwsServiceError `InvalidDefinition`, which names the state, for what AWS would
 * refuse and for what this engine does not run (JSONPath, distributed maps, unknown integrations).
 */
export function parseDefinition(text: string): MachineDefinition {
  if (text.length > LARGEST_DEFINITION) throw invalid(`it is longer than ${LARGEST_DEFINITION} characters`);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${String(error)}`);
  }
  refuseJsonPath(raw, 'JSONPath', '');
  refuseDistributedMaps(raw, '');
  const parsed = machineDefinition.safeParse(raw, { error: z.locales.en().localeError });
  if (!parsed.success)
    throw invalid(
      parsed.error.issues
        .map((issue) => `SCHEMA_VALIDATION_FAILED: ${issue.message} at /${issue.path.join('/')}`)
        .join(', '),
    );
  const complaints = [...complaintsAbout(parsed.data, '', new Set<string>()), ...syntaxErrors(raw, '')];
  if (complaints.length > 0) throw invalid(complaints.join(', '));
  return parsed.data;
}

function invalid(why: string): AwsServiceError {
  return new AwsServiceError('InvalidDefinition', `Invalid State Machine Definition: '${why}'`);
}

/** A nested state has the query language of the state around it unless it names its own. */
function refuseJsonPath(machine: unknown, inherited: unknown, path: string): void {
  if (!isObject(machine) || !isObject(machine['States'])) return;
  const language = machine['QueryLanguage'] ?? inherited;
  for (const [name, state] of Object.entries(machine['States'])) {
    if (!isObject(state)) continue;
    const own = state['QueryLanguage'] ?? language;
    const at = `${path}/States/${name}`;
    if (own === 'JSONPath')
      throw invalid(
        `JSONPath is not supported by the embedded Step Functions: the state '${name}' at ${at} uses it; set "QueryLanguage": "JSONata"`,
      );
    refuseJsonPath(state['ItemProcessor'], own, `${at}/ItemProcessor`);
    const branches = Array.isArray(state['Branches']) ? state['Branches'] : [];
    for (const [index, branch] of branches.entries()) refuseJsonPath(branch, own, `${at}/Branches[${index}]`);
  }
}

function refuseDistributedMaps(value: unknown, path: string): void {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) refuseDistributedMaps(item, `${path}[${index}]`);
  if (!isObject(value)) return;
  const config = value['ProcessorConfig'];
  if (isObject(config) && config['Mode'] === 'DISTRIBUTED')
    throw invalid(`The embedded Step Functions has no distributed Map (mode DISTRIBUTED at ${path})`);
  for (const [key, item] of Object.entries(value)) refuseDistributedMaps(item, `${path}/${key}`);
}

function* complaintsAbout(machine: SubMachine, path: string, names: Set<string>): Generator<string> {
  if (!(machine.StartAt in machine.States))
    yield `MISSING_TRANSITION_TARGET: Missing 'Next' target: ${machine.StartAt} at ${path}/StartAt`;
  for (const [name, state] of Object.entries(machine.States)) {
    const at = `${path}/States/${name}`;
    if (name.length > LONGEST_STATE_NAME)
      yield `The state name is longer than ${LONGEST_STATE_NAME} at ${at}`;
    if (names.has(name)) yield `DUPLICATE_STATE_NAME: Duplicate state name: ${name} at ${at}`;
    names.add(name);
    for (const target of targetsOf(state))
      if (!(target in machine.States))
        yield `MISSING_TRANSITION_TARGET: Missing 'Next' target: ${target} at ${at}`;
    yield* complaintsAboutState(state, at);
    if (state.Type === 'Map') yield* complaintsAbout(state.ItemProcessor, `${at}/ItemProcessor`, names);
    if (state.Type === 'Parallel')
      for (const [index, branch] of state.Branches.entries())
        yield* complaintsAbout(branch, `${at}/Branches[${index}]`, names);
  }
}

function targetsOf(state: State): string[] {
  const targets = 'Next' in state ? [state.Next] : [];
  if ('Catch' in state) targets.push(...(state.Catch ?? []).map((catcher) => catcher.Next));
  if (state.Type === 'Choice') targets.push(state.Default, ...state.Choices.map((rule) => rule.Next));
  return targets.filter((target) => target !== undefined);
}

function* complaintsAboutState(state: State, at: string): Generator<string> {
  if (state.Type !== 'Choice' && state.Type !== 'Succeed' && state.Type !== 'Fail')
    if ((state.Next === undefined) === (state.End !== true))
      yield `SCHEMA_VALIDATION_FAILED: Exactly one of 'Next' and 'End' is required at ${at}`;
  if (state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map')
    yield* complaintsAboutWildcards(state, at);
  if (state.Type === 'Wait') {
    if ((state.Seconds === undefined) === (state.Timestamp === undefined))
      yield `SCHEMA_VALIDATION_FAILED: Exactly one of 'Seconds' and 'Timestamp' is required at ${at}`;
    if (state.Timestamp !== undefined && !state.Timestamp.startsWith('{%') && !isTimestamp(state.Timestamp))
      yield `SCHEMA_VALIDATION_FAILED: Value is not a valid ISO-8601 timestamp at ${at}/Timestamp`;
  }
  if (state.Type === 'Task') {
    try {
      parseTaskResource(state.Resource);
    } catch (error) {
      yield `${error instanceof Error ? error.message : String(error)} at ${at}/Resource`;
    }
    const { TimeoutSeconds, HeartbeatSeconds } = state;
    if (typeof TimeoutSeconds === 'number' && typeof HeartbeatSeconds === 'number')
      if (HeartbeatSeconds >= TimeoutSeconds)
        yield `SCHEMA_VALIDATION_FAILED: HeartbeatSeconds must be smaller than TimeoutSeconds at ${at}`;
  }
}

/** `States.ALL` must stand alone, and last. */
function* complaintsAboutWildcards(
  state: StateOf<'Task' | 'Parallel' | 'Map'>,
  at: string,
): Generator<string> {
  for (const field of ['Retry', 'Catch'] as const) {
    const rules: readonly { ErrorEquals: string[] }[] = state[field] ?? [];
    for (const [index, { ErrorEquals }] of rules.entries())
      if (ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index + 1 < rules.length))
        yield `SCHEMA_VALIDATION_FAILED: States.ALL must appear alone and in the last ${field} rule at ${at}/${field}[${index}]`;
  }
}

function* syntaxErrors(value: unknown, path: string): Generator<string> {
  if (typeof value === 'string') {
    const problem = syntaxErrorIn(value);
    if (problem !== undefined) yield `INVALID_JSONATA_EXPRESSION: ${problem} at ${path}`;
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* syntaxErrors(item, `${path}[${index}]`);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* syntaxErrors(item, `${path}/${key}`);
  }
}
