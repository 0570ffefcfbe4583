import { number, type Command } from './command.ts';
import { roleOf, type Deal } from './deal.ts';
import { refuse } from './refuse.ts';
import { DAY } from './waits.ts';

const postMessage: Command = (world, by, args) => {
  const deal = world.dealFor(args['requestId']);
  if (!roleOf(deal, by)) refuse('NOT_FOUND');
  const id = String(args['messageId']);
  const body = JSON.stringify([by, deal.id, args['text']]);
  const earlier = world.messages.get(id);
  if (earlier !== undefined && earlier !== body) refuse('DUPLICATE_REQUEST');
  return () => {
    world.messages.set(id, body);
  };
};

const leaveReview: Command = (world, by, args) => {
  const deal = world.dealFor(args['requestId']);
  const role = roleOf(deal, by) ?? refuse('NOT_FOUND');
  if (deal.status !== 'PAID') refuse('NOT_ALLOWED_NOW');
  const rating = number(args['rating']) ?? 0;
  const earlier = deal.reviews[role];
  if (earlier) {
    if (earlier.rating !== rating) refuse('ALREADY_ANSWERED');
    return () => undefined;
  }
  return () => {
    deal.reviews[role] = { rating, at: world.now };
  };
};

/** What the parties write: no status moves. */
export const WORD_COMMANDS: Readonly<Record<string, Command>> = { postMessage, leaveReview };

/** Whether others can read the reviews: when both sides have written, or after a week. `now` in epoch seconds. */
export function isPublished({ reviews: { REQUESTER, PROVIDER } }: Deal, now: number): boolean {
  const [first] = [REQUESTER, PROVIDER].filter((review) => review !== undefined);
  return (
    (REQUESTER !== undefined && PROVIDER !== undefined) || (first !== undefined && first.at + 7 * DAY <= now)
  );
}
