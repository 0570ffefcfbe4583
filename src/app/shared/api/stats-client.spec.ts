import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { GraphClient } from './graph-client';
import { StatsClient } from './stats-client';

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Answers each field that is asked for with the row of its offer, if that has one. */
class RatedOffers {
  readonly asked: Asked[] = [];
  readonly rows = new Map<string, unknown>();

  async run(operation: (client: unknown) => Promise<{ readonly data: unknown }>): Promise<unknown> {
    const graphql = (asked: Asked) => {
      this.asked.push(asked);
      const fields = [...asked.query.matchAll(/(\w+): getServiceStats\(serviceId: \$(\w+)\)/g)];
      const data = fields.map(([, alias, name]) => [
        alias,
        this.rows.get(asked.variables[name ?? ''] ?? '') ?? null,
      ]);
      return Promise.resolve({ data: Object.fromEntries(data) as unknown });
    };
    return (await operation({ graphql })).data;
  }
}

describe('the ratings of many offers', () => {
  let graph: RatedOffers;
  let client: StatsClient;

  beforeEach(() => {
    graph = new RatedOffers();
    TestBed.configureTestingModule({ providers: [{ provide: GraphClient, useValue: graph }] });
    client = TestBed.inject(StatsClient);
  });

  it('are read by one request, the ids beside the document and not in it', async () => {
    await client.ofOffers(['one', 'two']);

    expect(graph.asked).toEqual([
      {
        query:
          'query Ratings($id0: ID!, $id1: ID!) { ' +
          'offer0: getServiceStats(serviceId: $id0) { serviceId ratingSum ratingCount } ' +
          'offer1: getServiceStats(serviceId: $id1) { serviceId ratingSum ratingCount } }',
        variables: { id0: 'one', id1: 'two' },
      },
    ]);
  });

  it('are found by their offer; one that nobody has rated has none', async () => {
    const row = { serviceId: 'two', ratingSum: 9, ratingCount: 2 };
    graph.rows.set('two', row);

    expect([...(await client.ofOffers(['one', 'two']))]).toEqual([['two', row]]);
  });

  it('are read fifty at a time', async () => {
    const ids = Array.from({ length: 51 }, (_, index) => `offer-${index}`);
    graph.rows.set('offer-50', { serviceId: 'offer-50', ratingSum: 5, ratingCount: 1 });
    const ratings = await client.ofOffers(ids);

    expect(graph.asked.map(({ variables }) => Object.keys(variables).length)).toEqual([50, 1]);
    expect(ratings.has('offer-50')).toBe(true);
  });

  it('are not asked for where there are no offers', async () => {
    await client.ofOffers([]);

    expect(graph.asked).toEqual([]);
  });
});
