import { checkAccountBooks } from '../../../domain/account-books.ts';
import { sideBySide } from '../shared/side-by-side.ts';
import type { Look, LookAt } from './account-reader.ts';

/** An account is looked at so many times at most. */
export const LOOKS = 6;

/** Between two looks, for a posting to end and for an index to catch up; milliseconds. */
export const PAUSE = 3000;

/** So many accounts are looked at side by side. */
const LANES = 10;

export interface CheckEdges {
  readonly lookAt: LookAt;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface Disagreement {
  readonly userId: string;
  /** In words. */
  readonly breaches: readonly string[];
}

export interface Checked {
  /** How many accounts were judged. */
  readonly judged: number;
  readonly disagreements: readonly Disagreement[];
  /** Accounts that no two looks found at rest; the next run will. */
  readonly busy: readonly string[];
}

/** An account that is not judged yet, and the version at which it last disagreed. */
interface Suspect {
  readonly userId: string;
  readonly version?: number;
}

type Judgement =
  | { readonly kind: 'CLEAN' | 'GONE' | 'BUSY' }
  | { readonly kind: 'AGAIN'; readonly suspect: Suspect }
  | { readonly kind: 'DISAGREES'; readonly breaches: readonly string[] };

/**
 * Judges accounts while hours move. One that disagrees is only found guilty if it does so twice at one and the same
 * version, with a pause between; one whose log is not all there yet, only at the last look. All suspects share the pauses.
 */
export async function checkAccounts(
  { lookAt, sleep }: CheckEdges,
  userIds: readonly string[],
): Promise<Checked> {
  let judged = 0;
  const disagreements: Disagreement[] = [];
  const busy: string[] = [];
  let suspects: readonly Suspect[] = userIds.map((userId) => ({ userId }));
  for (let look = 1; suspects.length > 0; look++) {
    if (look > 1) await sleep(PAUSE);
    const judgements = await sideBySide(suspects, LANES, async (suspect) => ({
      suspect,
      judgement: judge(suspect, await lookAt(suspect.userId), look >= LOOKS),
    }));
    suspects = judgements.flatMap(({ suspect: { userId }, judgement }) => {
      switch (judgement.kind) {
        case 'AGAIN':
          return [judgement.suspect];
        case 'BUSY':
          busy.push(userId);
          return [];
        case 'GONE':
          return []; // whatever belonged to it is now of no account
        case 'DISAGREES':
          disagreements.push({ userId, breaches: judgement.breaches });
          judged += 1;
          return [];
        case 'CLEAN':
          judged += 1;
          return [];
      }
    });
  }
  return { judged, disagreements, busy };
}

function judge({ userId, version }: Suspect, look: Look | undefined, isLast: boolean): Judgement {
  if (!look) return { kind: 'GONE' };
  const { settled, complete, books } = look;
  if (!settled) return isLast ? { kind: 'BUSY' } : { kind: 'AGAIN', suspect: { userId } };
  const breaches = checkAccountBooks(books);
  if (breaches.length === 0) return { kind: 'CLEAN' };
  const isSecond = version === books.account.version;
  if (isSecond && (complete || isLast)) return { kind: 'DISAGREES', breaches };
  return isLast ? { kind: 'BUSY' } : { kind: 'AGAIN', suspect: { userId, version: books.account.version } };
}
