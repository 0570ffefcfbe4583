import { planWait } from '../../../domain/deadlines.ts';
import type { Instant } from '../../../domain/instant.ts';
import { SYSTEM } from '../../../domain/request.ts';
import { requestHint, type Emit } from '../shared/events.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import type { StatusStep } from '../shared/worker.ts';

export interface WaitOpened {
  /** Of the request after this step; the wait's row is named by it. */
  readonly revision: number;
  readonly waitSeconds: number;
}

export interface NotifyEdges {
  readonly requests: Pick<RequestWriter, 'changeStatus'>;
  readonly emit: Emit;
}

/** ESCROWED to AWAITING_RESPONSE: the notification and the deadline are written with the status. */
export const notifyProvider =
  ({ requests, emit }: NotifyEdges) =>
  async ({ requestId, revision }: StatusStep, now: Instant): Promise<WaitOpened> => {
    const { request } = await requests.changeStatus(
      { requestId, revision, event: 'TELL_PROVIDER', actor: SYSTEM },
      now,
    );
    await emit(requestHint(request, now));
    return { revision: request.revision, waitSeconds: planWait(request, now).timeoutSeconds };
  };
