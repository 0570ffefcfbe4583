import * as z from 'zod/mini';

import { MAX_ADMIN_REASON } from './admin-action.ts';
import { DECISIONS, MAX_REASON } from './dispute.ts';
import { FILE_TYPES, MAX_FILE_BYTES, MAX_FILE_NAME } from './evidence.ts';
import { hoursSchema, rateSchema, shareSchema, signedHoursSchema } from './hours.ts';
import { MAX_MESSAGE } from './message.ts';
import { MAX_COMMENT, MAX_RATING, MIN_RATING } from './review.ts';
import { REFUSALS, Refusal, type RefusalCode } from './refusal.ts';

/** The arguments of every command, as the API takes them. AppSync hands an argument that was left out over as null. */

export const MAX_TEXT = 2000;
export const RESPONSES = ['ACCEPT', 'REJECT', 'COUNTER_OFFER'] as const;

const text = z.pipe(
  z.nullish(z.string().check(z.trim(), z.maxLength(MAX_TEXT))),
  z.transform((value) => (value === null || value === '' ? undefined : value)),
);

const leftOut = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? undefined),
  );

const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));

const requestId = z.uuidv4();
const disputeId = z.string().check(z.minLength(1), z.maxLength(100));
const userId = z.string().check(z.minLength(1), z.maxLength(100));

export const COMMANDS = {
  submitServiceRequest: z.object({
    requestId,
    serviceId: z.string().check(z.minLength(1), z.maxLength(100)),
    estimatedHours: hoursSchema,
    /** As shown to the requester. */
    rate: rateSchema,
    message: text,
  }),
  respondToServiceRequest: z
    .object({
      requestId,
      response: z.enum(RESPONSES),
      /** Round and terms as shown to whoever responds; compared where they are given. */
      round: leftOut(z.int().check(z.nonnegative())),
      /** With COUNTER_OFFER hours and rate are the new terms, and a rate that is left out stays. */
      hours: leftOut(hoursSchema),
      rate: leftOut(rateSchema),
      message: text,
    })
    .check(
      z.refine(({ response, hours }) => response !== 'COUNTER_OFFER' || hours !== undefined, {
        path: ['hours'],
        error: 'INVALID_HOURS',
      }),
    ),
  cancelServiceRequest: z.object({ requestId, reason: text }),
  markServiceDelivered: z.object({ requestId, note: text }),
  requestChanges: z.object({ requestId, note: text }),
  confirmServiceCompletion: z.object({ requestId, note: text }),
  getWorkflowStatus: z.object({ requestId }),

  openDispute: z.object({ requestId, reason: words(MAX_REASON), statement: words(MAX_TEXT) }),
  proposeSettlement: z.object({ disputeId, refundHours: shareSchema }),
  /** `refundHours` as shown; compared where they are given. */
  answerSettlement: z.object({ disputeId, accept: z.boolean(), refundHours: leftOut(shareSchema) }),
  resolveDispute: z.object({
    disputeId,
    decision: z.enum(DECISIONS),
    refundHours: leftOut(hoursSchema),
    note: text,
  }),
  addStatement: z.object({ disputeId, statement: words(MAX_TEXT) }),
  requestEvidenceUpload: z.object({
    disputeId,
    fileName: words(MAX_FILE_NAME),
    fileType: z.enum(FILE_TYPES, { error: 'INVALID_FILE' }),
    /** Bytes. */
    fileSize: z.int().check(z.gte(1), z.lte(MAX_FILE_BYTES, { error: 'INVALID_FILE' })),
  }),
  addEvidence: z.object({ disputeId, uploadId: z.uuidv4(), fileName: words(MAX_FILE_NAME) }),
  getEvidenceUrl: z.object({ evidenceId: z.string().check(z.minLength(1), z.maxLength(200)) }),

  adjustBalance: z.object({
    adjustmentId: z.uuidv4(),
    userId,
    hours: signedHoursSchema,
    reason: words(MAX_ADMIN_REASON),
    allowBelowZero: leftOut(z.boolean()),
  }),
  setAccountLock: z.object({ userId, locked: z.boolean(), reason: words(MAX_ADMIN_REASON) }),
  startReconciliation: z.object({}),

  postMessage: z.object({ requestId, text: words(MAX_MESSAGE), messageId: leftOut(z.uuidv4()) }),
  leaveReview: z.object({
    requestId,
    rating: z.int().check(z.gte(MIN_RATING), z.lte(MAX_RATING)),
    comment: z.pipe(
      z.nullish(z.string().check(z.trim(), z.maxLength(MAX_COMMENT))),
      z.transform((value) => (value === null || value === '' ? undefined : value)),
    ),
  }),
  getMyReview: z.object({ requestId }),
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
  return new Refusal(code, field === '' ? REFUSALS[code] : `${field}: ${REFUSALS[code]}`, field);
}

const isRefusalCode = (message: string | undefined): message is RefusalCode =>
  message !== undefined && message in REFUSALS;
