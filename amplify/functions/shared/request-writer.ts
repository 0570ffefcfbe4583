import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { Instant } from '../../../domain/instant.ts';
import type { RequestEvent, Status } from '../../../domain/life-cycle.ts';
import type { Actor, RequestRecord, RequestStepRecord } from '../../../domain/request.ts';
import type { StatusChange } from '../../../domain/status-change.ts';
import type { RequestTables, Tables } from './tables.ts';

/** A change of status as a worker asks for it; `revision` is the one it leaves, and makes a repeat harmless. */
export interface RequestChange extends Omit<StatusChange, 'now'> {
  readonly requestId: string;
  readonly revision: number;
}

export interface Changed {
  /** The same change had been made before. */
  readonly replayed: boolean;
  readonly request: RequestRecord;
  readonly step: RequestStepRecord;
  /** Members who were told. */
  readonly told: readonly string[];
}

/** What ended a wait. */
export interface Outcome {
  readonly event: RequestEvent;
  readonly actor: Actor;
  readonly at: Instant;
  readonly note?: string;
  readonly commandId: string;
}

export interface MemberCommand {
  readonly requestId: string;
  readonly memberId: string;
  readonly event: RequestEvent;
  readonly note?: string;
  /** Terms as shown to whoever answers; others are refused. */
  readonly shown?: { readonly round?: number; readonly hours?: number; readonly rate?: number };
  /** Made anew for each command, so that a repeat after a lost reply knows its own answer. */
  readonly commandId: string;
  readonly now: Instant;
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
      readonly timeoutSeconds: number;
      readonly request: RequestRecord;
      readonly reminded: boolean;
    };

export interface RequestWriter {
  request(requestId: string): Promise<RequestRecord | undefined>;
  /** Writes a new request, or finds that the same one was written before. Throws `Refusal` DUPLICATE_REQUEST. */
  submit(request: RequestRecord): Promise<{ replayed: boolean; request: RequestRecord }>;
  /** Remembers the execution that carries a request. */
  started(requestId: string, executionArn: string): Promise<void>;
  /** Moves a request without money. Throws `StaleRequest` if it has moved another way. */
  changeStatus(change: RequestChange, now: Instant): Promise<Changed>;
  /** Leaves a member's answer in the row of the wait. Throws `Refusal` (see `checkCommand`, TERMS_CHANGED, TRY_AGAIN). */
  command(command: MemberCommand): Promise<Commanded>;
  /** Takes what ended the wait of `revision`; if nothing did, ends it by TIMEOUT once the deadline has passed. */
  takeOutcomeOrClaimTimeout(requestId: string, revision: number, now: Instant): Promise<WaitResult>;
}

export declare function createRequestWriter(edges: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: RequestTables & Partial<Pick<Tables, 'wait'>>;
}): RequestWriter;
