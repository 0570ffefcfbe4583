import * as z from 'zod/mini';
import { displayNameOf } from '../shared/display-name.ts';
import { balanceHints, type Emit } from '../shared/events.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import type { Operation } from '../shared/refusals.ts';

const memberRow = z.object({ id: z.string(), displayName: z.string() });
const argumentsSchema = z.object({ displayName: z.nullish(z.string()) });

export interface MemberEdges {
  readonly memberOf: (userId: string) => Promise<unknown>;
  readonly ledger: Pick<LedgerWriter, 'welcome'>;
  readonly tell: Emit;
}

/**
 * Creates what sign-up failed to create, or has not created yet. The ledger knows the welcome by its id, so the bonus comes
 * once, ever. Access tokens do not tell a member's name, so the caller may.
 */
export const ensureMember =
  ({ memberOf, ledger, tell }: MemberEdges): Operation =>
  async (args, { userId }, now) => {
    const { data: member } = memberRow.safeParse(await memberOf(userId));
    if (member) return { ...member, now };
    const nickname = argumentsSchema.safeParse(args).data?.displayName ?? undefined;
    const { entries } = await ledger.welcome(
      { id: userId, displayName: displayNameOf({ nickname }) },
      { now },
    );
    await tell(...balanceHints(entries, undefined, now));
    const { id, displayName } = memberRow.parse(await memberOf(userId)); // sign-up may have come first after all
    return { id, displayName, now };
  };
