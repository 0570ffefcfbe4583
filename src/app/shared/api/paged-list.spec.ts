import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error';
import type { Page } from './page';
import { PagedList } from './paged-list';

const PAGE_SIZE = 2;

/** Pages of two out of a row of letters that may change between reads. */
function pagesOf(letters: () => readonly string[]) {
  return (next: string | undefined): Promise<Page<string>> => {
    const from = Number(next ?? 0);
    const to = from + PAGE_SIZE;
    return Promise.resolve({
      items: letters().slice(from, to),
      next: to < letters().length ? String(to) : undefined,
    });
  };
}

describe('a list that grows by pages', () => {
  it('reads beyond the first page, and knows when there is no more', async () => {
    const list = new PagedList(pagesOf(() => ['a', 'b', 'c']));

    await list.reload();
    expect(list.items()).toEqual(['a', 'b']);
    expect(list.hasMore()).toBe(true);

    await list.loadMore();
    expect(list.items()).toEqual(['a', 'b', 'c']);
    expect(list.hasMore()).toBe(false);
  });

  it('shows as much after a reload as before it', async () => {
    let letters = ['b', 'c', 'd', 'e'];
    const list = new PagedList(pagesOf(() => letters));
    await list.reload();
    await list.loadMore();

    letters = ['a', ...letters];
    await list.reload();

    expect(list.items()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps what it shows when a reload fails, and says so', async () => {
    let broken = false;
    const read = pagesOf(() => ['a']);
    const list = new PagedList((next) => (broken ? Promise.reject(new ApiError('OFFLINE')) : read(next)));
    await list.reload();

    broken = true;
    await list.reload();

    expect(list.state()).toBe('ready');
    expect(list.items()).toEqual(['a']);
    expect(list.error()).toMatchObject({ code: 'OFFLINE' });
  });

  it('is failed only when there is nothing to show', async () => {
    const list = new PagedList<string>(() => Promise.reject(new ApiError('UNEXPECTED')));

    await list.reload();

    expect(list.state()).toBe('failed');
    expect(list.busy()).toBe(false);
  });

  it('lets a newer read overtake an older one', async () => {
    const answers: ((page: Page<string>) => void)[] = [];
    const list = new PagedList<string>(() => new Promise((resolve) => answers.push(resolve)));
    const slow = list.reload();
    const quick = list.reload();

    answers[1]?.({ items: ['new'], next: undefined });
    answers[0]?.({ items: ['old'], next: undefined });
    await Promise.all([slow, quick]);

    expect(list.items()).toEqual(['new']);
  });
});
