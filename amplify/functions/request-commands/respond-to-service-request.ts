import { parseCommand, type Command } from '../../../domain/commands.ts';
import type { Account } from '../../../domain/ledger.ts';
import { checkAffordable, counterOffer, extraFor, termsOnTable } from '../../../domain/negotiation.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import type { Caller } from '../shared/caller.ts';
import type { Operation } from '../shared/refusals.ts';
import type { Prepared } from '../shared/wait-writer.ts';
import { giveCommand, type CommandEdges } from './give-command.ts';

export interface ResponseEdges extends CommandEdges {
  readonly accountOf: (userId: string) => Promise<Account | undefined>;
}

/**
 * Whose turn it is accepts or declines the terms that they were shown, or makes a counter-offer. A requester neither
 * accepts nor offers what they cannot hold; a provider is not told what the other one has.
 */
export const respondToServiceRequest =
  (edges: ResponseEdges): Operation =>
  async (args, caller, now) => {
    const response = parseCommand('respondToServiceRequest', args);
    const { requestId, response: event, message: note, round, hours, rate } = response;
    const shown = event === 'COUNTER_OFFER' ? { round } : { round, hours, rate };
    const prepare = (request: RequestRecord) => termsFor(edges, request, response, caller);
    return giveCommand(edges, { requestId, event, note, shown, prepare }, caller, now);
  };

async function termsFor(
  { accountOf }: ResponseEdges,
  request: RequestRecord,
  { response, hours, rate }: Command<'respondToServiceRequest'>,
  { userId }: Caller,
): Promise<Prepared> {
  if (response === 'REJECT') return {};
  if (response === 'COUNTER_OFFER' && hours === undefined) throw new Refusal('INVALID_HOURS');
  const terms =
    response === 'COUNTER_OFFER' && hours !== undefined
      ? counterOffer(request, hours, rate)
      : termsOnTable(request);
  const extra = extraFor(request, terms);
  if (userId === request.requesterId && extra > 0) checkAffordable(await accountOf(userId), extra);
  return response === 'COUNTER_OFFER' ? { details: { hours: terms.hours, rate: terms.rate } } : {};
}
