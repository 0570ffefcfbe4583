import * as z from 'zod/mini';
import { createEscrow } from '../../amplify/functions/create-escrow/create-escrow.ts';
import {
  initiateDispute,
  initiationStepSchema,
} from '../../amplify/functions/initiate-dispute/initiate-dispute.ts';
import { notifyProvider } from '../../amplify/functions/notify-provider/notify-provider.ts';
import {
  processDirectTransfer,
  transferStepSchema,
} from '../../amplify/functions/process-direct-transfer/process-direct-transfer.ts';
import {
  processDisputeResolution,
  resolutionStepSchema,
} from '../../amplify/functions/process-dispute-resolution/process-dispute-resolution.ts';
import {
  cancellationStepSchema,
  processEscrowCancellation,
} from '../../amplify/functions/process-escrow-cancellation/process-escrow-cancellation.ts';
import {
  processEscrowRelease,
  releaseStepSchema,
} from '../../amplify/functions/process-escrow-release/process-escrow-release.ts';
import { processNegotiation } from '../../amplify/functions/process-negotiation/process-negotiation.ts';
import {
  paymentStepSchema,
  processPayment,
} from '../../amplify/functions/process-payment/process-payment.ts';
import {
  RESPONSE_STEPS,
  processProviderResponse,
} from '../../amplify/functions/process-provider-response/process-provider-response.ts';
import { publishReviews } from '../../amplify/functions/publish-reviews/publish-reviews.ts';
import { decisionSchema } from '../../amplify/functions/shared/decision.ts';
import { requestStepSchema, statusStepSchema } from '../../amplify/functions/shared/worker.ts';
import { validateEscrowRelease } from '../../amplify/functions/validate-escrow-release/validate-escrow-release.ts';
import { validateServiceRequest } from '../../amplify/functions/validate-service-request/validate-service-request.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Edges } from './edges.ts';

/** One step of a state machine: takes what the state hands over and answers what the Lambda would. */
export type Worker = (payload: unknown, now: Instant) => Promise<unknown>;

/** The workers by the names that the state machines know them by; each reads its input as its handler does. */
export function workersOf(edges: Edges): Readonly<Record<string, Worker>> {
  return {
    ValidateServiceRequest: bind(requestStepSchema, validateServiceRequest(edges)),
    CreateEscrow: bind(statusStepSchema, createEscrow(edges)),
    NotifyProvider: bind(statusStepSchema, notifyProvider(edges)),
    ProcessProviderResponse: bind(
      z.extend(statusStepSchema, { step: z.enum(RESPONSE_STEPS) }),
      processProviderResponse(edges),
    ),
    ProcessNegotiation: bind(statusStepSchema, processNegotiation(edges)),
    InitiateDispute: bind(initiationStepSchema, initiateDispute(edges)),
    ProcessDisputeResolution: bind(resolutionStepSchema, processDisputeResolution(edges)),
    ValidateEscrowRelease: bind(
      z.extend(requestStepSchema, { decision: decisionSchema }),
      validateEscrowRelease(edges),
    ),
    ProcessEscrowRelease: bind(releaseStepSchema, processEscrowRelease(edges)),
    ProcessDirectTransfer: bind(transferStepSchema, processDirectTransfer(edges)),
    ProcessPayment: bind(paymentStepSchema, processPayment(edges)),
    PublishReviews: bind(requestStepSchema, publishReviews(edges)),
    ProcessEscrowCancellation: bind(cancellationStepSchema, processEscrowCancellation(edges)),
  };
}

const bind =
  <Input>(schema: z.ZodMiniType<Input>, run: (input: Input, now: Instant) => Promise<unknown>): Worker =>
  (payload, now) =>
    run(schema.parse(payload), now);
