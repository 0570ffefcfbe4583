import type { Escrow } from '../domain/ledger.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { ReviewRecord } from '../domain/review.ts';
import {
  NO_MEMBER_TOTALS,
  NO_SERVICE_TOTALS,
  paymentIncrease,
  ratingIncrease,
  type Increase,
  type MemberTotals,
  type ServiceTotals,
} from '../domain/totals.ts';
import type { ScratchDatabase } from './scratch-database.ts';

/** Where the totals of members and offers are not what the paid requests and published reviews add up to, in words. */
export async function totalsBreaches(database: Pick<ScratchDatabase, 'rows'>): Promise<readonly string[]> {
  const [requests, escrows, reviews, members, services] = await Promise.all([
    database.rows<RequestRecord>('serviceRequest'),
    database.rows<Escrow>('escrow'),
    database.rows<ReviewRecord>('review'),
    database.rows<MemberTotals & { readonly userId: string }>('memberStats'),
    database.rows<ServiceTotals & { readonly serviceId: string }>('serviceStats'),
  ]);
  const paid = requests.flatMap((request) => {
    const escrow = escrows.find(({ requestId }) => requestId === request.id);
    return request.status === 'PAID' && escrow ? [paymentIncrease(request, escrow.releasedAmount)] : [];
  });
  const increases = [...paid, ...reviews.map(ratingIncrease)];
  const ofMembers = increases.map((increase: Increase) => increase.members);
  const ofServices = increases.map((increase: Increase) => increase.services);
  return [
    ...compare('Member', members, ({ userId }) => userId, ofMembers, NO_MEMBER_TOTALS),
    ...compare('Offer', services, ({ serviceId }) => serviceId, ofServices, NO_SERVICE_TOTALS),
  ];
}

function compare<Totals extends object, Row extends Totals>(
  what: string,
  rows: readonly Row[],
  idOf: (row: Row) => string,
  increases: readonly Readonly<Record<string, Partial<Totals>>>[],
  none: Totals,
): readonly string[] {
  const names = Object.keys(none) as (keyof Totals & string)[];
  const expected = (id: string, name: keyof Totals) =>
    increases.reduce((sum, increase) => sum + Number(increase[id]?.[name] ?? 0), 0);
  const known = new Set(rows.map(idOf));
  const missing = [...new Set(increases.flatMap(Object.keys))].filter((id) => !known.has(id));
  return [
    ...missing.map((id) => `${what} ${id} has no totals`),
    ...rows.flatMap((row) =>
      names
        .filter((name) => row[name] !== expected(idOf(row), name))
        .map(
          (name) => `${what} ${idOf(row)}: ${name} is ${String(row[name])}, not ${expected(idOf(row), name)}`,
        ),
    ),
  ];
}
