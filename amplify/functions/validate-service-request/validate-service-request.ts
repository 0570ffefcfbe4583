import type { Instant } from '../../../domain/instant.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { SYSTEM, type RequestRecord } from '../../../domain/request.ts';
import { recheck, type SubmissionFacts } from '../../../domain/submission.ts';
import { requestHint, type Emit } from '../shared/events.ts';
import type { RequestWriter } from '../shared/request-writer.ts';

export interface Validation {
  readonly valid: boolean;
  /** Of the request after this step. */
  readonly revision: number;
}

export interface ValidationEdges {
  readonly requests: Pick<RequestWriter, 'changeStatus'>;
  readonly factsOf: (request: RequestRecord) => Promise<SubmissionFacts>;
  readonly emit: Emit;
}

/** INITIATED to VALIDATING, and on to REJECTED if the offer or the hours have gone since the submission. */
export const validateServiceRequest =
  ({ requests, factsOf, emit }: ValidationEdges) =>
  async ({ requestId }: { readonly requestId: string }, now: Instant): Promise<Validation> => {
    const started = await requests.changeStatus(
      { requestId, revision: 1, event: 'START_VALIDATION', actor: SYSTEM },
      now,
    );
    const request = await validated(started.request);
    await emit(requestHint(request, now));
    return { valid: request.status !== 'REJECTED', revision: request.revision };

    async function validated(validating: RequestRecord): Promise<RequestRecord> {
      if (validating.status !== 'VALIDATING') return validating; // this step has run before
      try {
        recheck(validating, await factsOf(validating));
        return validating;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { revision } = validating;
        const refusal = {
          requestId,
          revision,
          event: 'REFUSE',
          actor: SYSTEM,
          statusReason: error.code,
        } as const;
        return (await requests.changeStatus(refusal, now)).request;
      }
    }
  };
