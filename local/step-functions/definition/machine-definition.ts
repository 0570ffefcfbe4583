import * as z from 'zod/mini';
import type { Json } from './json.ts';

/** The Amazon States Language as JSONata machines use it (https://states-language.net, with the fields AWS adds). */

const LONGEST_SECONDS = 99_999_999;

const anyJson = z.custom<Json>((value: unknown) => value !== undefined);
const template = z.record(z.string(), anyJson);
const expression = z.string().check(z.regex(/^\{%[\s\S]*%\}$/, 'must be a JSONata expression: {% ... %}'));
const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.int().check(z.minimum(least), z.maximum(most));
const numberOrExpression = (least: number, most?: number) => z.union([wholeNumber(least, most), expression]);

const described = { Comment: z.optional(z.string()), QueryLanguage: z.optional(z.literal('JSONata')) };
const leaving = {
  Next: z.optional(z.string()),
  End: z.optional(z.boolean()),
  Assign: z.optional(template),
  Output: z.optional(anyJson),
};

const retrier = z.strictObject({
  Comment: z.optional(z.string()),
  ErrorEquals: z.array(z.string()).check(z.minLength(1)),
  IntervalSeconds: z.optional(wholeNumber(1, LONGEST_SECONDS)),
  MaxAttempts: z.optional(wholeNumber(0, LONGEST_SECONDS)),
  BackoffRate: z.optional(z.number().check(z.minimum(1))),
  MaxDelaySeconds: z.optional(wholeNumber(1, 31_622_400)),
  JitterStrategy: z.optional(z.enum(['FULL', 'NONE'])),
});

const catcher = z.strictObject({
  Comment: z.optional(z.string()),
  ErrorEquals: z.array(z.string()).check(z.minLength(1)),
  Next: z.string(),
  Assign: z.optional(template),
  Output: z.optional(anyJson),
});

const recovering = { Retry: z.optional(z.array(retrier)), Catch: z.optional(z.array(catcher)) };

const passState = z.strictObject({ Type: z.literal('Pass'), ...described, ...leaving });

const taskState = z.strictObject({
  Type: z.literal('Task'),
  ...described,
  ...leaving,
  ...recovering,
  Resource: z.string(),
  Arguments: z.optional(anyJson),
  TimeoutSeconds: z.optional(numberOrExpression(1, LONGEST_SECONDS)),
  HeartbeatSeconds: z.optional(numberOrExpression(1, LONGEST_SECONDS)),
});

const choiceRule = z.strictObject({
  Comment: z.optional(z.string()),
  Condition: z.union([z.boolean(), expression]),
  Next: z.string(),
  Assign: z.optional(template),
  Output: z.optional(anyJson),
});

const choiceState = z.strictObject({
  Type: z.literal('Choice'),
  ...described,
  Choices: z.array(choiceRule).check(z.minLength(1)),
  Default: z.optional(z.string()),
  Assign: z.optional(template),
  Output: z.optional(anyJson),
});

const waitState = z.strictObject({
  Type: z.literal('Wait'),
  ...described,
  ...leaving,
  Seconds: z.optional(numberOrExpression(0, LONGEST_SECONDS)),
  Timestamp: z.optional(z.string()),
});

const succeedState = z.strictObject({
  Type: z.literal('Succeed'),
  ...described,
  Output: z.optional(anyJson),
});

const failState = z.strictObject({
  Type: z.literal('Fail'),
  ...described,
  Error: z.optional(z.string()),
  Cause: z.optional(z.string()),
});

const parallelFields = z.strictObject({
  Type: z.literal('Parallel'),
  ...described,
  ...leaving,
  ...recovering,
  Arguments: z.optional(anyJson),
});

const mapFields = z.strictObject({
  Type: z.literal('Map'),
  ...described,
  ...leaving,
  ...recovering,
  Items: z.optional(z.union([z.array(anyJson), expression])),
  ItemSelector: z.optional(anyJson),
  MaxConcurrency: z.optional(numberOrExpression(0)),
  ToleratedFailureCount: z.optional(numberOrExpression(0)),
  ToleratedFailurePercentage: z.optional(
    z.union([z.number().check(z.minimum(0), z.maximum(100)), expression]),
  ),
});

/** What a thread runs through: the machine itself, a branch of a Parallel, the processor of a Map. */
export interface SubMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

type ParallelState = z.output<typeof parallelFields> & { readonly Branches: readonly SubMachine[] };
type MapState = z.output<typeof mapFields> & { readonly ItemProcessor: SubMachine };

export type State =
  | z.output<typeof passState>
  | z.output<typeof taskState>
  | z.output<typeof choiceState>
  | z.output<typeof waitState>
  | z.output<typeof succeedState>
  | z.output<typeof failState>
  | ParallelState
  | MapState;

export type StateType = State['Type'];
export type StateOf<Type extends StateType> = Extract<State, { Type: Type }>;
export type Retrier = z.output<typeof retrier>;
export type Catcher = z.output<typeof catcher>;

const states = z.record(
  z.string(),
  z.lazy((): z.ZodMiniType<State> => state),
);

const branch = z.strictObject({ Comment: z.optional(z.string()), StartAt: z.string(), States: states });

const itemProcessor = z.extend(branch, {
  ProcessorConfig: z.optional(z.strictObject({ Mode: z.optional(z.literal('INLINE')) })),
});

const state = z.discriminatedUnion('Type', [
  passState,
  taskState,
  choiceState,
  waitState,
  succeedState,
  failState,
  z.extend(parallelFields, { Branches: z.array(branch).check(z.minLength(1)) }),
  z.extend(mapFields, { ItemProcessor: itemProcessor }),
]);

export const machineDefinition = z.strictObject({
  Comment: z.optional(z.string()),
  Version: z.optional(z.literal('1.0')),
  QueryLanguage: z.optional(z.enum(['JSONPath', 'JSONata'])),
  TimeoutSeconds: z.optional(wholeNumber(1, LONGEST_SECONDS)),
  StartAt: z.string(),
  States: states,
});

export type MachineDefinition = z.output<typeof machineDefinition>;
