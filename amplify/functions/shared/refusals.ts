import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { Refusal, type RefusalCode } from '../../../domain/refusal.ts';
import { callerOf, type Caller } from './caller.ts';
import { count, logAbout, logger } from './logger.ts';

/** What the resolver turns into a result or into a GraphQL error with a stable `errorType`. */
export type Answer =
  | { readonly value: unknown }
  | { readonly refusal: { readonly code: RefusalCode; readonly message: string } };

/** One operation of the API. Throws `Refusal` for what the member may not do. */
export type Operation = (args: unknown, caller: Caller, now: Instant) => Promise<unknown>;

const commandSchema = z.object({
  field: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  identity: z.unknown(),
});

const requestIdSchema = z.object({ requestId: z.string() });

/** A Lambda behind several fields of the API: runs the operation of the field that was asked for. */
export function operations(byField: Readonly<Record<string, Operation>>) {
  return async (event: unknown, context: Context): Promise<Answer> => {
    const command = commandSchema.parse(event);
    const operation = byField[command.field];
    if (!operation) throw new Error(`No operation serves the field ${command.field}`);
    logAbout(context, { step: command.field, ...requestIdSchema.safeParse(command.arguments).data });
    try {
      const caller = callerOf(command.identity);
      return { value: await operation(command.arguments, caller, new Date().toISOString()) };
    } catch (error) {
      if (!(error instanceof Refusal)) {
        logger.error('Failed', error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
      logger.info('Refused', { code: error.code, field: error.field });
      count('Refusals', { code: error.code });
      return { refusal: { code: error.code, message: error.message } };
    }
  };
}
