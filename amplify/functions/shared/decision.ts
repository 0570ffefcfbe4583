import * as z from 'zod/mini';
import { hoursSchema, rateSchema, shareSchema } from '../../../domain/hours.ts';
import { TRANSITIONS, type ActorRole, type RequestEvent } from '../../../domain/life-cycle.ts';
import type { Actor } from '../../../domain/request.ts';
import type { EventDetails } from '../../../domain/status-change.ts';
import type { RequestChange } from './request-writer.ts';
import type { Outcome } from './wait-writer.ts';

/** What ended a wait, or the whole request, as the state machines hand it on. */
export type Decision = Pick<RequestChange, 'event' | 'actor' | 'note' | keyof EventDetails>;

const ROLES = ['REQUESTER', 'PROVIDER', 'ADMIN', 'SYSTEM', 'CLOCK'] as const satisfies readonly ActorRole[];

const EVENTS: ReadonlySet<unknown> = new Set(TRANSITIONS.map(({ event }) => event));

const actorSchema: z.ZodMiniType<Actor> = z.object({ id: z.string(), role: z.enum(ROLES) });

export const decisionSchema = z.pipe(
  z.object({
    event: z.custom<RequestEvent>((value) => EVENTS.has(value)),
    actor: actorSchema,
    note: z.nullish(z.string()),
    hours: z.nullish(hoursSchema),
    rate: z.nullish(rateSchema),
    disputeId: z.nullish(z.string()),
    refundHours: z.nullish(shareSchema),
  }),
  z.transform(({ event, actor, note, hours, rate, disputeId, refundHours }): Decision => ({
    event,
    actor,
    ...(typeof note === 'string' && { note }),
    ...(typeof hours === 'number' && { hours }),
    ...(typeof rate === 'number' && { rate }),
    ...(typeof disputeId === 'string' && { disputeId }),
    ...(typeof refundHours === 'number' && { refundHours }),
  })),
);

/** What the workflow carries out of an outcome; the rest of it is the wait's own. */
export function decisionOf({ at: _at, commandId: _commandId, ...decision }: Outcome): Decision {
  return decision;
}
