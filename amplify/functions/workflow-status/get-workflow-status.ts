import { waitingFor } from '../../../domain/actions.ts';
import { parseCommand } from '../../../domain/commands.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { partyOf, type RequestRecord, type RequestStepRecord } from '../../../domain/request.ts';
import { isAdmin } from '../shared/caller.ts';
import type { Operation } from '../shared/refusals.ts';

export interface StatusEdges {
  readonly requestOf: (requestId: string) => Promise<RequestRecord | undefined>;
  /** The timeline of a request, oldest first. */
  readonly stepsOf: (request: RequestRecord) => Promise<readonly RequestStepRecord[]>;
  /** Status of an execution; undefined if it has not started. */
  readonly executionStatus: (executionArn: string) => Promise<string | undefined>;
}

/** Where a request stands, how it came there, whom it waits for and until when. Strangers learn nothing, not even no. */
export const getWorkflowStatus =
  ({ requestOf, stepsOf, executionStatus }: StatusEdges): Operation =>
  async (args, caller, now) => {
    const { requestId } = parseCommand('getWorkflowStatus', args);
    const request = await requestOf(requestId);
    if (!request || !(partyOf(request, caller.userId) ?? isAdmin(caller))) throw new Refusal('NOT_FOUND');

    const { stepFunctionExecutionArn: arn } = request;
    const [steps, status] = await Promise.all([
      stepsOf(request),
      arn === undefined ? undefined : executionStatus(arn),
    ]);
    return {
      requestId,
      status: request.status,
      statusReason: request.statusReason ?? null,
      revision: request.revision,
      pendingEvent: request.pendingEvent ?? null,
      waitingFor: waitingFor(request),
      waitingUntil: request.expiresAt ?? null,
      executionStatus: status ?? null,
      steps: steps.map((step) => ({
        revision: step.revision,
        status: step.status,
        event: step.event,
        actor: step.actor,
        actorRole: step.actorRole,
        at: step.at,
        note: step.note ?? null,
        hours: step.hours ?? null,
        rate: step.rate ?? null,
        amount: step.amount ?? null,
      })),
      now,
    };
  };
