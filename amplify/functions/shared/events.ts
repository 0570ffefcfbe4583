import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Instant } from '../../../domain/instant.ts';
import { isTreasury, type LogEntry } from '../../../domain/ledger.ts';
import type { MessageRecord } from '../../../domain/message.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { count, logger } from './logger.ts';
import { ServiceFault } from './service-fault.ts';

/**
 * A hint that something happened. What happened is in the rows; a hint may come twice, late or never. Every field is
 * always present, '' or 0 where there is nothing: a missing one would break the rules' input transformers.
 */
export type Hint = Pick<Required<PutEventsRequestEntry>, 'Source' | 'DetailType'> & {
  readonly Detail: Readonly<Record<string, unknown>>;
};

/** The request has moved on; both parties are told. */
export const requestHint = (request: RequestRecord, at: Instant): Hint => ({
  Source: 'hourbank.service-requests',
  DetailType: 'Service Request Changed',
  Detail: {
    eventId: `${request.id}#${request.revision}`,
    kind: 'REQUEST',
    requestId: request.id,
    revision: request.revision,
    status: request.status,
    pendingEvent: request.pendingEvent ?? '',
    requesterId: request.requesterId,
    providerId: request.providerId,
    at,
    stepFunctionExecutionArn: request.stepFunctionExecutionArn ?? '',
  },
});

/** One party of a request has written to the other. What it says is in the row, and in no event. */
export const messageHint = (
  message: MessageRecord,
  { revision }: Pick<RequestRecord, 'revision'>,
  at: Instant,
): Hint => ({
  Source: 'hourbank.service-requests',
  DetailType: 'Message Posted',
  Detail: {
    eventId: message.id,
    kind: 'MESSAGE',
    requestId: message.requestId,
    revision,
    requesterId: message.requesterId,
    providerId: message.providerId,
    at,
    stepFunctionExecutionArn: '',
  },
});

/** Reviews of a request can be read now: their subjects have been notified. */
export const reviewHint = (request: RequestRecord, at: Instant): Hint => ({
  Source: 'hourbank.service-requests',
  DetailType: 'Review Published',
  Detail: {
    eventId: `${request.id}#review`,
    kind: 'NOTIFICATION',
    requestId: request.id,
    revision: request.revision,
    requesterId: request.requesterId,
    providerId: request.providerId,
    at,
    stepFunctionExecutionArn: '',
  },
});

/** As much of a log entry as tells whose hours have changed. */
type Touched = Pick<LogEntry, 'id' | 'transactionId' | 'userId' | 'stepFunctionExecutionArn'>;

/** The hours of each member that a posting touched have changed. */
export const balanceHints = (
  entries: readonly Touched[],
  request: Pick<RequestRecord, 'id' | 'revision'> | undefined,
  at: Instant,
): readonly Hint[] =>
  entries
    .filter(({ userId }) => !isTreasury(userId))
    .map((entry) => ({
      Source: 'hourbank.balances',
      DetailType: 'Balance Changed',
      Detail: {
        eventId: entry.id,
        kind: 'BALANCE',
        transactionId: entry.transactionId,
        userId: entry.userId,
        requestId: request?.id ?? '',
        revision: request?.revision ?? 0,
        at,
        stepFunctionExecutionArn: entry.stepFunctionExecutionArn ?? '',
      },
    }));

/** A member has been told something about their account: a notification lies there. */
export const accountNotice = (userId: string, eventId: string, at: Instant, executionArn?: string): Hint => ({
  Source: 'hourbank.balances',
  DetailType: 'Balance Changed',
  Detail: {
    eventId,
    kind: 'NOTIFICATION',
    transactionId: '',
    userId,
    requestId: '',
    revision: 0,
    at,
    stepFunctionExecutionArn: executionArn ?? '',
  },
});

/** What an admin may want to look at. */
export interface AdminMatter {
  readonly source: 'hourbank.balances' | 'hourbank.disputes';
  /** Of the dispute, adjustment, account or report, with its state: the same matter again has the same id. */
  readonly eventId: string;
  /** The request that it is about, if any. */
  readonly request?: Pick<RequestRecord, 'id' | 'revision'> | undefined;
  readonly executionArn?: string | undefined;
}

/** Something has changed that every admin's screens show. */
export const adminHint = ({ source, eventId, request, executionArn }: AdminMatter, at: Instant): Hint => ({
  Source: source,
  DetailType: 'Admin Notice',
  Detail: {
    eventId,
    kind: 'NOTIFICATION',
    requestId: request?.id ?? '',
    revision: request?.revision ?? 0,
    at,
    stepFunctionExecutionArn: executionArn ?? '',
  },
});

/** A dispute has opened, moved, waited too long or ended: the admins' queue is another one. */
export const disputeHint = (request: RequestRecord, at: Instant): Hint =>
  adminHint(
    {
      source: 'hourbank.disputes',
      eventId: `${request.disputeId ?? request.id}#${request.revision}`,
      request,
      ...(request.stepFunctionExecutionArn !== undefined && {
        executionArn: request.stepFunctionExecutionArn,
      }),
    },
    at,
  );

/** What a posting wrote, for whoever audits the bus or its archive. */
export const postingHint = (entries: readonly LogEntry[], at: Instant): Hint => ({
  Source: 'hourbank.escrow',
  DetailType: 'Posting Recorded',
  Detail: {
    eventId: entries[0]?.transactionId ?? '',
    transactionId: entries[0]?.transactionId ?? '',
    relatedEntityId: entries[0]?.relatedEntityId ?? '',
    entries: entries.map(({ userId, amount, heldDelta }) => ({ userId, amount, heldDelta })),
    at,
    stepFunctionExecutionArn: entries[0]?.stepFunctionExecutionArn ?? '',
  },
});

/** Somebody has confirmed their sign-up: a rule starts the workflow that welcomes them. */
export const memberConfirmed = (userId: string, displayName: string, at: Instant): Hint => ({
  Source: 'hourbank.balances',
  DetailType: 'Member Confirmed',
  Detail: { eventId: `welcome-${userId}`, transactionType: 'WELCOME_BONUS', userId, displayName, at },
});

export type Emit = (...hints: readonly Hint[]) => Promise<void>;

/** Puts hints on the bus, at most ten at once. Throws `ServiceFault` when the bus did not take every one. */
export function emitter(
  eventBusName: string,
  eventBridge: Pick<EventBridgeClient, 'send'> = new EventBridgeClient({}),
): Emit {
  return async (...hints) => {
    const entries = hints.map((hint) => ({
      ...hint,
      Detail: JSON.stringify(hint.Detail),
      EventBusName: eventBusName,
    }));
    const { FailedEntryCount = 0 } = await eventBridge.send(new PutEventsCommand({ Entries: entries }));
    if (FailedEntryCount > 0)
      throw new ServiceFault(`The bus refused ${FailedEntryCount} of ${hints.length} events`);
  };
}

/** For a member who waits: what they did is done, so a hint that is lost must not turn it into an error. */
export const quietly =
  (emit: Emit): Emit =>
  async (...hints) => {
    try {
      await emit(...hints);
    } catch (error) {
      logger.warn('The bus was not told', error instanceof Error ? error : new Error(String(error)));
      count('HintsLost', {}, hints.length);
    }
  };
