import { parseCommand } from '../../../domain/commands.ts';
import type { Instant } from '../../../domain/instant.ts';
import { submissionText, submit, type SubmissionFacts } from '../../../domain/submission.ts';
import type { Caller } from '../shared/caller.ts';
import { requestHint, type Emit } from '../shared/events.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { hashOf } from '../shared/transaction.ts';
import type { Workflow } from '../shared/workflow.ts';
import { requestResult, type RequestResult } from './request-result.ts';

export interface SubmissionEdges {
  readonly requests: Pick<RequestWriter, 'submitted' | 'submit'>;
  readonly factsOf: (about: { serviceId: string; requesterId: string }) => Promise<SubmissionFacts>;
  readonly workflow: Workflow;
  readonly tell: Emit;
}

/**
 * Writes the request and starts its workflow. The request's id is the caller's own: the same submission again finds the
 * first one, and starts what a first try may have left unstarted.
 */
export const submitServiceRequest =
  ({ requests, factsOf, workflow, tell }: SubmissionEdges) =>
  async (args: unknown, { userId }: Caller, now: Instant): Promise<RequestResult> => {
    const submission = parseCommand('submitServiceRequest', args);
    const { requestId, serviceId } = submission;
    const submissionHash = hashOf(submissionText(userId, submission));

    const earlier = await requests.submitted({ id: requestId, requesterId: userId, submissionHash });
    const request = earlier ?? (await write());
    if (request.status === 'INITIATED') await workflow.start(requestId);
    await tell(requestHint(request, now));
    return requestResult(request, now);

    async function write() {
      const facts = await factsOf({ serviceId, requesterId: userId });
      const draft = submit(submission, facts, submissionHash, now);
      const stepFunctionExecutionArn = workflow.executionArn(requestId);
      return (await requests.submit({ ...draft, stepFunctionExecutionArn })).request;
    }
  };
