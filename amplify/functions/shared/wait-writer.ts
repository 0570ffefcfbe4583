import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';

import { checkCommand, checkEvent } from '../../../domain/actions.ts';
import { WAITS, planWait } from '../../../domain/deadlines.ts';
import { DAY, type Instant } from '../../../domain/instant.ts';
import type { RequestEvent } from '../../../domain/life-cycle.ts';
import { termsOnTable } from '../../../domain/negotiation.ts';
import { adminReminder, notification } from '../../../domain/notifications.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { CLOCK, partyOf, waitIdOf, type Actor, type RequestRecord } from '../../../domain/request.ts';
import type { EventDetails } from '../../../domain/status-change.ts';
import { readRow } from './dynamo.ts';
import { StaleRequest, readRequest } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { MODEL, type Tables } from './tables.ts';
import { isCollision, isTransient, settle, transact, type TransactItem } from './transaction.ts';

/** An execution lives a year at most; then nobody waits any more. Seconds. */
const KEPT_FOR = 400 * DAY;

/** What ended a wait. */
export interface Outcome extends EventDetails {
  readonly event: RequestEvent;
  readonly actor: Actor;
  readonly at: Instant;
  readonly note?: string;
  /** The command that left it, so that a repeat after a lost reply knows its own answer. */
  readonly commandId: string;
}

/** A row of the table of waits: no API and no member can reach it. */
export interface WaitRow {
  /** `<requestId>#<revision>` */
  readonly id: string;
  /** Of the execution that waits; written by the wait state. Never to appear in an event, a log or GraphQL. */
  readonly token?: string;
  readonly outcome?: Outcome;
}

/** The terms that somebody answers, as they were shown; what is left out is not compared. */
export interface ShownTerms {
  readonly round?: number | undefined;
  readonly hours?: number | undefined;
  readonly rate?: number | undefined;
}

export interface MemberCommand {
  readonly requestId: string;
  readonly memberId: string;
  readonly event: RequestEvent;
  readonly note?: string | undefined;
  readonly shown?: ShownTerms;
  /** An admin commands what no party may. */
  readonly as?: 'ADMIN';
  /** Looks at the request once the table lets the command pass. Throws `Refusal`. */
  readonly prepare?: ((request: RequestRecord) => Promise<Prepared>) | undefined;
  /** Made anew for each command. */
  readonly commandId: string;
  readonly now: Instant;
}

/** What a command says and writes beside its name. */
export interface Prepared {
  readonly details?: EventDetails;
  /** The dispute that the request is about from now on. */
  readonly disputeId?: string;
  /** Written in the same transaction. */
  readonly items?: readonly TransactItem[];
}

export interface Commanded {
  readonly request: RequestRecord;
  /** Of the execution that waits, if it does already: wake it. */
  readonly token?: string;
}

/** What the Lambda behind a wait finds. */
export type WaitResult =
  | { readonly kind: 'OUTCOME'; readonly outcome: Outcome; readonly request: RequestRecord }
  | {
      readonly kind: 'WAIT';
      /** Until the next reminder or the deadline. */
      readonly timeoutSeconds: number;
      readonly request: RequestRecord;
      /** A reminder was written just now: the how manieth of this wait; 0 for none. */
      readonly reminder: number;
    };

/** Both ends of a wait: a token only wakes, the row decides (design.md section 6). */
export interface WaitWriter {
  /**
   * Leaves a member's answer in the row of the present wait, and marks the request with it, in one transaction. Throws
   * `Refusal` as `checkCommand` does, TERMS_CHANGED where other terms were shown, TRY_AGAIN where too many collide.
   */
  command(command: MemberCommand): Promise<Commanded>;
  /**
   * Takes what ended the wait of `revision`. If nothing did, ends it by TIMEOUT once the deadline has passed; before
   * that, reminds whoever is due. Throws `StaleRequest` where the request moved on with no outcome.
   */
  takeOutcomeOrClaimTimeout(requestId: string, revision: number, now: Instant): Promise<WaitResult>;
}

export interface WaitEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'serviceRequest' | 'notification' | 'wait'>;
  readonly backoff?: Backoff;
}

export function createWaitWriter({ dynamo, tables, backoff }: WaitEdges): WaitWriter {
  const waitRow = async (requestId: string, revision: number) =>
    (await readRow(dynamo, tables.wait, { id: waitIdOf(requestId, revision) })) as WaitRow | undefined;

  return {
    async command({ requestId, memberId, event, note, shown, as, prepare, commandId, now }) {
      let tried: number | undefined;
      const attempt = async (): Promise<Commanded> => {
        const request = await readRequest(dynamo, tables, requestId);
        if (!request) throw new Refusal('NOT_FOUND');
        if (tried !== undefined) {
          const own = await waitRow(requestId, tried);
          if (own?.outcome?.commandId === commandId) return commanded(request, own);
        }
        if (as === 'ADMIN') checkEvent(request, as, event);
        else checkCommand(request, memberId, event);
        checkTerms(request, shown);
        const { details, disputeId, items } = (await prepare?.(request)) ?? {};
        tried = request.revision;
        const role = as ?? partyOf(request, memberId);
        if (!role) throw new Refusal('NOT_FOUND');
        const actor = { id: memberId, role };
        const said = note === undefined ? {} : { note };
        await decide(request, { event, actor, at: now, commandId, ...said, ...details }, disputeId, items);
        const row = await waitRow(requestId, request.revision);
        const about = disputeId === undefined ? {} : { disputeId };
        return commanded({ ...request, ...about, pendingEvent: event, updatedAt: now }, row);
      };
      try {
        return await settle(attempt, backoff);
      } catch (error) {
        if (isCollision(error) || isTransient(error)) throw new Refusal('TRY_AGAIN');
        throw error;
      }
    },

    takeOutcomeOrClaimTimeout: (requestId, revision, now) =>
      settle(async (): Promise<WaitResult> => {
        const request = await readRequest(dynamo, tables, requestId);
        const row = await waitRow(requestId, revision);
        if (request && row?.outcome) return { kind: 'OUTCOME', outcome: row.outcome, request };
        if (request?.revision !== revision)
          throw new StaleRequest(`Request ${requestId} left revision ${revision}`);
        const { over, timeoutSeconds, remindersDue } = planWait(request, now);
        if (!over) {
          const reminded = await remind(request, remindersDue, now);
          return { kind: 'WAIT', timeoutSeconds, request, reminder: reminded ? remindersDue : 0 };
        }
        const commandId = `timeout-${waitIdOf(requestId, revision)}`;
        const about =
          request.status === 'DISPUTED' && request.disputeId !== undefined
            ? { disputeId: request.disputeId }
            : {};
        const outcome: Outcome = { event: 'TIMEOUT', actor: CLOCK, at: now, commandId, ...about };
        await decide(request, outcome);
        return { kind: 'OUTCOME', outcome, request: { ...request, pendingEvent: 'TIMEOUT', updatedAt: now } };
      }, backoff),
  };

  /** The first to write here ends the wait, be it a member or the clock. */
  async function decide(
    request: RequestRecord,
    outcome: Outcome,
    disputeId?: string,
    items: readonly TransactItem[] = [],
  ): Promise<void> {
    await transact(dynamo, [
      ...items,
      {
        Update: {
          TableName: tables.serviceRequest,
          Key: { id: request.id },
          UpdateExpression: [
            'SET pendingEvent = :event, updatedAt = :at',
            ...(disputeId === undefined ? [] : ['disputeId = :disputeId']),
          ].join(', '),
          ConditionExpression:
            '#status = :status AND revision = :revision AND attribute_not_exists(pendingEvent)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':event': outcome.event,
            ':at': outcome.at,
            ':status': request.status,
            ':revision': request.revision,
            ...(disputeId !== undefined && { ':disputeId': disputeId }),
          },
        },
      },
      {
        Update: {
          TableName: tables.wait,
          Key: { id: waitIdOf(request.id, request.revision) },
          UpdateExpression: [
            'SET outcome = :outcome, requestId = :requestId, revision = :revision, #status = :status',
            'createdAt = if_not_exists(createdAt, :at), expireAfter = :expireAfter',
          ].join(', '),
          ConditionExpression: 'attribute_not_exists(outcome)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':outcome': outcome,
            ':requestId': request.id,
            ':revision': request.revision,
            ':status': request.status,
            ':at': outcome.at,
            ':expireAfter': Math.floor(Date.parse(outcome.at) / 1000) + KEPT_FOR,
          },
        },
      },
    ]);
  }

  /** Writes the latest reminder that is due, once. Returns whether this call did. */
  async function remind(request: RequestRecord, due: number, now: Instant): Promise<boolean> {
    const reminder = WAITS[request.status]?.reminder;
    if (due === 0 || !reminder) return false;
    const row =
      reminder.tells === 'ADMIN'
        ? adminReminder(request, reminder.kind, now, due)
        : notification(request, reminder.tells, reminder.kind, now, due);
    try {
      await dynamo.send(
        new PutCommand({
          TableName: tables.notification,
          Item: { __typename: MODEL.notification, ...row },
          ConditionExpression: 'attribute_not_exists(id)',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}

const commanded = (request: RequestRecord, row: WaitRow | undefined): Commanded => ({
  request,
  ...(row?.token !== undefined && { token: row.token }),
});

/** Nobody agrees to terms that they were not shown. */
function checkTerms(request: RequestRecord, { round, hours, rate }: ShownTerms = {}): void {
  const table = termsOnTable(request);
  const differs =
    (round !== undefined && round !== request.negotiationRound) ||
    (hours !== undefined && hours !== table.hours) ||
    (rate !== undefined && rate !== table.rate);
  if (differs) throw new Refusal('TERMS_CHANGED');
}
