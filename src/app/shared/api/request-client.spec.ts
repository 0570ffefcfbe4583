import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, countered, request } from '../../../testing/samples';
import { GraphClient } from './graph-client';
import { RequestClient } from './request-client';

/** Hears what is asked of GraphQL. */
class HeardGraph {
  readonly heard: unknown[] = [];

  run(operation: (client: unknown) => unknown): Promise<unknown> {
    const respondToServiceRequest = (args: unknown): void => {
      this.heard.push(args);
    };
    operation({ mutations: { respondToServiceRequest } });
    return Promise.resolve({ ...request(), now: NOW });
  }
}

describe('an answer to a request', () => {
  let graph: HeardGraph;
  let client: RequestClient;

  beforeEach(() => {
    graph = new HeardGraph();
    TestBed.configureTestingModule({ providers: [{ provide: GraphClient, useValue: graph }] });
    client = TestBed.inject(RequestClient);
  });

  it('carries the round and the terms that were asked for, as shown', async () => {
    await client.accept(request(), 'Gladly');

    expect(graph.heard).toEqual([
      { requestId: 'request-1', response: 'ACCEPT', round: 0, hours: 2, rate: 1, message: 'Gladly' },
    ]);
  });

  it('carries the terms of the offer on the table, once there is one', async () => {
    await client.decline(countered(), '');

    expect(graph.heard).toEqual([
      { requestId: 'request-1', response: 'REJECT', round: 1, hours: 2.5, rate: 1.5, message: '' },
    ]);
  });

  it('that is a counter-offer carries the round as shown and the new terms', async () => {
    await client.counterOffer(countered(), { hours: 2, rate: 1.25, message: '' });

    expect(graph.heard).toEqual([
      { requestId: 'request-1', response: 'COUNTER_OFFER', round: 1, hours: 2, rate: 1.25, message: '' },
    ]);
  });
});
