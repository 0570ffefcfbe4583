import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { count, logAbout, logger, type LogSubject } from './logger.ts';
import { asFault } from './service-fault.ts';

/** What a state machine hands to every step about a request. */
export const requestStepSchema = z.object({ requestId: z.string(), executionArn: z.string() });

/** The same for a step that changes the status: the revision it leaves makes a repeat harmless. */
export const statusStepSchema = z.extend(requestStepSchema, { revision: z.int() });

export type RequestStep = z.output<typeof requestStepSchema>;
export type StatusStep = z.output<typeof statusStepSchema>;

/**
 * A step of a state machine: parses what it is given, takes the time once, and throws to the state machine what its retry
 * policy can tell apart.
 */
export function worker<Input extends LogSubject, Output>(
  schema: z.ZodMiniType<Input>,
  run: (input: Input, now: Instant) => Promise<Output>,
): (event: unknown, context: Context) => Promise<Output> {
  return async (event, context) => {
    const input = schema.parse(event);
    logAbout(context, input);
    try {
      const output = await run(input, new Date().toISOString());
      logger.info('Done');
      return output;
    } catch (error) {
      logger.error('Failed', error instanceof Error ? error : new Error(String(error)));
      count('WorkerFaults');
      throw asFault(error);
    }
  };
}
