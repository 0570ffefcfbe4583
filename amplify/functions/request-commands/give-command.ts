import type { Instant } from '../../../domain/instant.ts';
import type { RequestEvent } from '../../../domain/life-cycle.ts';
import type { Caller } from '../shared/caller.ts';
import { requestHint, type Emit } from '../shared/events.ts';
import type { Wake } from '../shared/task-tokens.ts';
import type { MemberCommand, ShownTerms, WaitWriter } from '../shared/wait-writer.ts';
import { requestResult, type RequestResult } from './request-result.ts';

export interface CommandEdges {
  readonly waits: Pick<WaitWriter, 'command'>;
  readonly wake: Wake;
  readonly tell: Emit;
  /** Makes the id by which a repeated write after a lost reply knows its own answer. */
  readonly newId: () => string;
}

/** What a member says about a request. */
export interface Said {
  readonly requestId: string;
  readonly event: RequestEvent;
  readonly note?: string | undefined;
  readonly shown?: ShownTerms;
  readonly prepare?: MemberCommand['prepare'];
}

/** Leaves the member's answer in the row of the wait and wakes the execution, if it waits already. */
export async function giveCommand(
  { waits, wake, tell, newId }: CommandEdges,
  said: Said,
  { userId }: Caller,
  now: Instant,
): Promise<RequestResult> {
  const { request, token } = await waits.command({ ...said, memberId: userId, commandId: newId(), now });
  if (token !== undefined) await wake(token);
  await tell(requestHint(request, now));
  return requestResult(request, now);
}
