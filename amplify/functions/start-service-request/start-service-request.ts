import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { count, logger } from '../shared/logger.ts';
import type { Operation } from '../shared/refusals.ts';

/** What comes from elsewhere says on whose behalf it speaks; IAM says who may put it on the bus. */
const submitted = z.object({
  'detail-type': z.literal('Service Request Submitted'),
  detail: z.looseObject({ requestId: z.string(), requesterId: z.string() }),
});
const answered = z.object({
  'detail-type': z.literal('Provider Response Received'),
  detail: z.looseObject({ requestId: z.string(), providerId: z.string() }),
});

export const foreignEventSchema = z.pipe(
  z.discriminatedUnion('detail-type', [submitted, answered]),
  z.transform((event) => ({ ...event, requestId: event.detail.requestId })),
);

export type ForeignEvent = z.output<typeof foreignEventSchema>;

export interface ForeignEdges {
  readonly submitServiceRequest: Operation;
  readonly respondToServiceRequest: Operation;
}

/**
 * Runs the command that an event from an import or a partner asks for, as if its member had given it. A refusal is an
 * answer, not a fault: there is nobody to tell, so it is counted, and the event is not delivered again.
 */
export const startServiceRequest =
  ({ submitServiceRequest, respondToServiceRequest }: ForeignEdges) =>
  async (event: ForeignEvent, now: Instant): Promise<void> => {
    try {
      if (event['detail-type'] === 'Service Request Submitted') {
        const { requesterId, ...submission } = event.detail;
        await submitServiceRequest(submission, { userId: requesterId, groups: [] }, now);
      } else {
        const { providerId, ...response } = event.detail;
        await respondToServiceRequest(response, { userId: providerId, groups: [] }, now);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      logger.warn('Refused', { code: error.code, field: error.field });
      count('ForeignEventsRefused', { code: error.code });
    }
  };
