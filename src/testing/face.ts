import type { Page } from '../app/shared/api/page';

/** What a class shows to others; its private parts need no fake. */
export type Face<T> = Pick<T, keyof T>;

export const onePage = <T>(items: readonly T[]): Page<T> => ({ items, next: undefined });

/** As a list is read: so many items, and from where the rest begins. */
export function pageOf<T>(items: readonly T[], size: number, next: string | undefined): Page<T> {
  const from = Number(next ?? 0);
  const to = from + size;
  return { items: items.slice(from, to), next: to < items.length ? String(to) : undefined };
}
