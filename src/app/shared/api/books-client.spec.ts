import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { BEN, inHours } from '../../../testing/samples';
import { BooksClient } from './books-client';
import { GraphClient } from './graph-client';
import { MemberNames } from './member-names';
import type { Page } from './page';

const row = (given: Readonly<Record<string, unknown>> = {}) => ({
  id: 'report-1',
  status: 'BALANCED',
  startedAt: inHours(-2),
  finishedAt: inHours(-1),
  accountsChecked: 48,
  mismatches: 0,
  requestedBy: 'SCHEDULE',
  findings: null,
  ...given,
});

/** Hands out pages of reports, and remembers which fields were asked for. */
class ReportPages {
  pages: readonly (readonly unknown[])[] = [[]];
  readonly fields: (readonly string[])[] = [];

  async page(operation: (client: unknown) => Promise<Page<unknown>>): Promise<Page<unknown>> {
    const reconciliationReportsByKind = (
      _key: unknown,
      { nextToken, selectionSet }: { nextToken: string | null; selectionSet: readonly string[] },
    ): Promise<Page<unknown>> => {
      this.fields.push(selectionSet);
      const at = Number(nextToken ?? 0);
      const next = at + 1 < this.pages.length ? String(at + 1) : undefined;
      return Promise.resolve({ items: this.pages[at] ?? [], next });
    };
    return await operation({ models: { ReconciliationReport: { reconciliationReportsByKind } } });
  }
}

describe('the books', () => {
  let graph: ReportPages;
  let client: BooksClient;

  beforeEach(() => {
    graph = new ReportPages();
    TestBed.configureTestingModule({
      providers: [
        { provide: GraphClient, useValue: graph },
        { provide: MemberNames, useValue: { of: (id: string) => Promise.resolve(`name of ${id}`) } },
      ],
    });
    client = TestBed.inject(BooksClient);
  });

  it('are told to members without what only admins may read', async () => {
    graph.pages = [[row()]];
    await client.lastCheck();

    expect(graph.fields.flat()).not.toContain('findings');
    expect(graph.fields.flat()).not.toContain('requestedBy');
  });

  it('are told by the last check that has come to an end, however many are under way', async () => {
    graph.pages = [[row({ id: 'running', finishedAt: null })], [row({ id: 'ended' }), row({ id: 'older' })]];

    expect((await client.lastCheck())?.id).toBe('ended');
  });

  it('are unknown before the first check', async () => {
    expect(await client.lastCheck()).toBeUndefined();
  });

  it('name to admins who asked, and whose account did not agree', async () => {
    const findings = JSON.stringify([
      { accountId: BEN, words: ['one'], locked: true },
      { accountId: 'treasury-3', words: ['two'], locked: false },
    ]);
    graph.pages = [[row({ requestedBy: 'mo', findings }), row()]];
    const { items } = await client.reports();

    expect(items.map(({ requestedBy }) => requestedBy)).toEqual(['name of mo', undefined]);
    expect(items[0]?.findings).toEqual([
      { accountId: BEN, memberName: `name of ${BEN}`, words: ['one'], locked: true },
      { accountId: 'treasury-3', memberName: undefined, words: ['two'], locked: false },
    ]);
  });
});
