import { adjustBalance } from '../../amplify/functions/admin-commands/adjust-balance.ts';
import { setAccountLock } from '../../amplify/functions/admin-commands/set-account-lock.ts';
import { addEvidence } from '../../amplify/functions/dispute-commands/add-evidence.ts';
import { addStatement } from '../../amplify/functions/dispute-commands/add-statement.ts';
import { answerSettlement } from '../../amplify/functions/dispute-commands/answer-settlement.ts';
import { openDispute } from '../../amplify/functions/dispute-commands/open-dispute.ts';
import { proposeSettlement } from '../../amplify/functions/dispute-commands/propose-settlement.ts';
import { resolveDispute } from '../../amplify/functions/dispute-commands/resolve-dispute.ts';
import { cancelServiceRequest } from '../../amplify/functions/request-commands/cancel-service-request.ts';
import { confirmServiceCompletion } from '../../amplify/functions/request-commands/confirm-service-completion.ts';
import { leaveReview } from '../../amplify/functions/request-commands/leave-review.ts';
import { markServiceDelivered } from '../../amplify/functions/request-commands/mark-service-delivered.ts';
import { postMessage } from '../../amplify/functions/request-commands/post-message.ts';
import { requestChanges } from '../../amplify/functions/request-commands/request-changes.ts';
import { respondToServiceRequest } from '../../amplify/functions/request-commands/respond-to-service-request.ts';
import { submitServiceRequest } from '../../amplify/functions/request-commands/submit-service-request.ts';
import type { Operation } from '../../amplify/functions/shared/refusals.ts';
import type { Edges } from './edges.ts';

/** Every operation of the API that changes something, by its name. */
export const operationsOf = (edges: Edges) =>
  ({
    submitServiceRequest: submitServiceRequest(edges),
    respondToServiceRequest: respondToServiceRequest(edges),
    cancelServiceRequest: cancelServiceRequest(edges),
    markServiceDelivered: markServiceDelivered(edges),
    requestChanges: requestChanges(edges),
    confirmServiceCompletion: confirmServiceCompletion(edges),
    openDispute: openDispute(edges),
    proposeSettlement: proposeSettlement(edges),
    answerSettlement: answerSettlement(edges),
    resolveDispute: resolveDispute(edges),
    addStatement: addStatement(edges),
    addEvidence: addEvidence(edges),
    adjustBalance: adjustBalance(edges),
    setAccountLock: setAccountLock(edges),
    postMessage: postMessage(edges),
    leaveReview: leaveReview(edges),
  }) satisfies Record<string, Operation>;

export type OperationName = keyof ReturnType<typeof operationsOf>;
