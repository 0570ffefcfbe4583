/** One page of an index query. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; nothing after the last. */
  readonly next: string | undefined;
}

/** Reads on until there is something to show: a filter may leave whole pages empty. */
export async function firstFilledPage<T>(
  read: (next: string | undefined) => Promise<Page<T>>,
  next?: string,
): Promise<Page<T>> {
  let page = await read(next);
  while (page.items.length === 0 && page.next !== undefined) page = await read(page.next);
  return page;
}

/** Reads every page, for what is few by nature. */
export async function everyPage<T>(
  read: (next: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const page = await read(next);
    items.push(...page.items);
    next = page.next;
  } while (next !== undefined);
  return items;
}
