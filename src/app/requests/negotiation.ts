import { turnOf } from '../../../domain/deadlines';
import { MAX_ROUNDS } from '../../../domain/life-cycle';
import type { Party } from '../../../domain/life-cycle';
import { extraFor } from '../../../domain/negotiation';
import { otherParty } from '../../../domain/notifications';
import { parseHours } from '../../../domain/hours';
import type { Balance } from '../shared/api/balance-client';
import type { OfferedTerms, Step } from '../shared/api/service-request';
import { shownTerms } from '../shared/api/shown-terms';
import { formatHours } from '../shared/hours/format-hours';
import type { RequestView } from './request-view';

/** Terms that one party put on the table. */
export interface OfferMade {
  readonly revision: number;
  readonly by: Party;
  readonly terms: OfferedTerms;
  readonly at: string;
  readonly note: string | undefined;
}

/** A negotiation as it stands. */
export interface Negotiation {
  readonly terms: OfferedTerms;
  /** Who put them on the table; the other one answers. */
  readonly by: Party;
  readonly note: string | undefined;
  /** From 1 to `MAX_ROUNDS`. */
  readonly round: number;
  /** Everything that was on the table before, the latest first. */
  readonly earlier: readonly OfferMade[];
  /** Hours held beyond what is held now if they are accepted; below zero where some come back. */
  readonly extra: number;
  /** They were accepted, but the requester's hours were gone by then. */
  readonly fellShort: boolean;
}

/** What is on the table of a request that is negotiated; nothing at any other time. */
export function negotiationOf({ request }: RequestView, steps: readonly Step[]): Negotiation | undefined {
  if (request.status !== 'NEGOTIATING') return undefined;
  const terms = shownTerms(request);
  const offers = offersIn(steps);
  const last = offers.findLast((offer) => sameTerms(offer.terms, terms));
  return {
    terms,
    by: otherParty(turnOf(request.negotiationRound)),
    note: last?.note,
    round: Math.min(Math.max(request.negotiationRound, 1), MAX_ROUNDS),
    earlier: offers.filter((offer) => offer !== last).reverse(),
    extra: extraFor({ amount: parseHours(request.amount) }, terms),
    fellShort: steps.at(-1)?.event === 'HOURS_GONE',
  };
}

/** Everything that was put on the table, in order: what was asked for, then each counter-offer. */
const offersIn = (steps: readonly Step[]): readonly OfferMade[] =>
  steps.flatMap(({ revision, event, actorRole, terms, at, note }) =>
    terms !== undefined && (event === 'SUBMIT' || event === 'COUNTER_OFFER') && isParty(actorRole)
      ? [{ revision, by: actorRole, terms, at, note }]
      : [],
  );

const isParty = (role: Step['actorRole']): role is Party => role === 'REQUESTER' || role === 'PROVIDER';

const sameTerms = (one: OfferedTerms, other: OfferedTerms): boolean =>
  one.hours === other.hours && one.rate === other.rate;

/** Why the requester cannot take on hours beyond what is held; nothing if they can, or it is not known. */
export function shortOf(extra: number, balance: Balance | undefined): string | undefined {
  if (extra <= 0 || balance === undefined) return undefined;
  if (balance.lockedAt !== undefined)
    return $localize`:@@negotiation.locked:Your account is locked while its hours are being checked, so no more can be set aside.`;
  if (balance.available >= extra) return undefined;
  const have = formatHours(balance.available);
  const need = formatHours(extra);
  return $localize`:@@negotiation.short:That needs ${need}:need: more than is set aside, and you have ${have}:have: available. Make a counter-offer, or earn some first.`;
}
