import { Service, inject } from '@angular/core';
import type { Ratings } from '../../../../domain/review';
import { GraphClient } from './graph-client';
import type { HourBankGraph } from './graph-client';

/** What the neighbours make of a member, and what the member did for them. */
export interface MemberStats extends Ratings {
  readonly servicesDelivered: number;
  /** Hours earned by work for others. */
  readonly hoursGiven: number;
  /** Hours paid for the work of others. */
  readonly hoursReceived: number;
}

export const NO_RATINGS: Ratings = { ratingSum: 0, ratingCount: 0 };
const NO_STATS: MemberStats = { ...NO_RATINGS, servicesDelivered: 0, hoursGiven: 0, hoursReceived: 0 };

/** Offers whose ratings are read by one request. */
const AT_ONCE = 50;

@Service()
export class StatsClient {
  readonly #graph = inject(GraphClient);

  /** @throws ApiError */
  async ofMember(userId: string): Promise<MemberStats> {
    const row = await this.#graph.run((client) =>
      client.models.MemberStats.get(
        { userId },
        {
          selectionSet: ['ratingSum', 'ratingCount', 'servicesDelivered', 'hoursGiven', 'hoursReceived'],
        },
      ),
    );
    return row ?? NO_STATS; // nobody has a row before their first paid request
  }

  /** The ratings of many offers by one request; those that nobody has rated are left out. @throws ApiError */
  async ofOffers(serviceIds: readonly string[]): Promise<ReadonlyMap<string, Ratings>> {
    const found = new Map<string, Ratings>();
    for (let from = 0; from < serviceIds.length; from += AT_ONCE) {
      const ids = serviceIds.slice(from, from + AT_ONCE);
      const rows = await this.#graph.run((client) => readRatings(client, ids));
      for (const row of Object.values(rows)) if (row) found.set(row.serviceId, row);
    }
    return found;
  }
}

type RatingRow = Ratings & { readonly serviceId: string };
interface RatingsAnswer {
  readonly data: Readonly<Record<string, RatingRow | null>>;
  readonly errors?: readonly { readonly message: string }[];
}

/** The generated client reads one row a request; a document of our own reads them all. */
async function readRatings(client: HourBankGraph, ids: readonly string[]): Promise<RatingsAnswer> {
  const variables = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
  const declared = ids.map((_, index) => `$id${index}: ID!`).join(', ');
  const fields = ids.map(
    (_, index) =>
      `offer${index}: getServiceStats(serviceId: $id${index}) { serviceId ratingSum ratingCount }`,
  );
  const query = `query Ratings(${declared}) { ${fields.join(' ')} }`;
  return (await client.graphql({ query, variables })) as RatingsAnswer; // untyped by nature: the document is made here
}
