import { partyOf, type RequestRecord } from '../../../domain/request.ts';
import type { DisputeRecord } from '../../../domain/dispute.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Party } from '../../../domain/life-cycle.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { isAdmin, type Caller } from '../shared/caller.ts';
import type { DisputeWriter } from '../shared/dispute-writer.ts';
import { disputeHint, requestHint, type Emit } from '../shared/events.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import type { Wake } from '../shared/task-tokens.ts';
import type { Commanded, WaitWriter } from '../shared/wait-writer.ts';

export interface DisputeEdges {
  readonly disputes: DisputeWriter;
  readonly requests: Pick<RequestWriter, 'request'>;
  readonly waits: Pick<WaitWriter, 'command'>;
  readonly wake: Wake;
  readonly tell: Emit;
  /** Makes the id by which a repeated write after a lost reply knows its own answer. */
  readonly newId: () => string;
}

/** A dispute, and who of its parties asks about it. */
export interface OwnDispute {
  readonly dispute: DisputeRecord;
  readonly party: Party;
}

/** The dispute of a party. Throws `Refusal` NOT_FOUND to everybody else. */
export async function ownDispute(
  { disputes }: Pick<DisputeEdges, 'disputes'>,
  disputeId: string,
  { userId }: Caller,
): Promise<OwnDispute> {
  const dispute = await disputes.dispute(disputeId);
  const party = dispute && partyOf(dispute, userId);
  if (!dispute || !party) throw new Refusal('NOT_FOUND');
  return { dispute, party };
}

/** Throws `Refusal` NOT_FOUND to everybody but the parties and admins. */
export async function readableDispute(
  { disputes }: Pick<DisputeEdges, 'disputes'>,
  disputeId: string,
  caller: Caller,
): Promise<DisputeRecord> {
  const dispute = await disputes.dispute(disputeId);
  if (!dispute || !(partyOf(dispute, caller.userId) ?? isAdmin(caller))) throw new Refusal('NOT_FOUND');
  return dispute;
}

/** Wakes the execution that waits, if it does already, and tells the parties and the admins. */
export async function wakeAndTell(
  { wake, tell }: Pick<DisputeEdges, 'wake' | 'tell'>,
  { request, token }: Commanded,
  now: Instant,
): Promise<void> {
  if (token !== undefined) await wake(token);
  await tellOf({ tell }, request, now);
}

export const tellOf = (
  { tell }: Pick<DisputeEdges, 'tell'>,
  request: RequestRecord,
  now: Instant,
): Promise<void> => tell(requestHint(request, now), disputeHint(request, now));
