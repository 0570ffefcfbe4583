import * as z from 'zod/mini';
import { TRANSITIONS, type ActorRole, type RequestEvent } from '../../../domain/life-cycle.ts';
import type { Actor } from '../../../domain/request.ts';
import type { RequestChange } from './request-writer.ts';

/** What ended a wait, or the whole request, as the state machines hand it on. */
export type Decision = Pick<RequestChange, 'event' | 'actor' | 'note'>;

const ROLES = ['REQUESTER', 'PROVIDER', 'ADMIN', 'SYSTEM', 'CLOCK'] as const satisfies readonly ActorRole[];

const EVENTS: ReadonlySet<unknown> = new Set(TRANSITIONS.map(({ event }) => event));

const actorSchema: z.ZodMiniType<Actor> = z.object({ id: z.string(), role: z.enum(ROLES) });

export const decisionSchema = z.pipe(
  z.object({
    event: z.custom<RequestEvent>((value) => EVENTS.has(value)),
    actor: actorSchema,
    note: z.nullish(z.string()),
  }),
  z.transform(({ event, actor, note }): Decision => ({
    event,
    actor,
    ...(typeof note === 'string' && { note }),
  })),
);
