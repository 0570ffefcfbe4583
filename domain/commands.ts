import * as z from 'zod/mini';

import { hoursSchema, rateSchema } from './hours.ts';
import { REFUSALS, Refusal, type RefusalCode } from './refusal.ts';

/** The arguments of every command, as the API takes them. AppSync hands an argument that was left out over as null. */

export const MAX_TEXT = 2000;
export const RESPONSES = ['ACCEPT', 'REJECT'] as const;

const text = z.pipe(
  z.nullish(z.string().check(z.trim(), z.maxLength(MAX_TEXT))),
  z.transform((value) => (value === null || value === '' ? undefined : value)),
);

const leftOut = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? undefined),
  );

const requestId = z.uuidv4();

export const COMMANDS = {
  submitServiceRequest: z.object({
    requestId,
    serviceId: z.string().check(z.minLength(1), z.maxLength(100)),
    estimatedHours: hoursSchema,
    /** As shown to the requester. */
    rate: rateSchema,
    message: text,
  }),
  respondToServiceRequest: z.object({
    requestId,
    response: z.enum(RESPONSES),
    /** Round and terms as shown to whoever responds; compared where they are given. */
    round: leftOut(z.int().check(z.nonnegative())),
    hours: leftOut(hoursSchema),
    rate: leftOut(rateSchema),
    message: text,
  }),
  cancelServiceRequest: z.object({ requestId, reason: text }),
  markServiceDelivered: z.object({ requestId, note: text }),
  requestChanges: z.object({ requestId, note: text }),
  confirmServiceCompletion: z.object({ requestId, note: text }),
  getWorkflowStatus: z.object({ requestId }),
} as const;

export type CommandName = keyof typeof COMMANDS;
export type Command<Name extends CommandName> = z.output<(typeof COMMANDS)[Name]>;

/** Reads the arguments of a command. Throws `Refusal` INVALID_INPUT, INVALID_HOURS or INVALID_RATE with the field's name. */
export function parseCommand<Name extends CommandName>(name: Name, args: unknown): Command<Name> {
  const parsed = z.safeParse(COMMANDS[name], args);
  if (parsed.success) return parsed.data as Command<Name>; // the indexed schema's output, which TypeScript cannot follow
  throw refusalOf(parsed.error.issues);
}

/** The refusal for what zod found; the first issue is named. */
export function refusalOf(issues: readonly z.core.$ZodIssue[]): Refusal {
  const [issue] = issues;
  const field = issue?.path.join('.') ?? '';
  const code = isRefusalCode(issue?.message) ? issue.message : 'INVALID_INPUT';
  return new Refusal(code, `${field}: ${REFUSALS[code]}`, field);
}

const isRefusalCode = (message: string | undefined): message is RefusalCode =>
  message !== undefined && message in REFUSALS;
