import { isDeepStrictEqual } from 'node:util';
import type { HostFunctions } from '../velocity/host-object.ts';
import { list, record, text } from './arguments.ts';

const contains = (items: readonly unknown[], item: unknown) =>
  items.some((other) => isDeepStrictEqual(other, item));
const filterKeys = (map: unknown, keep: (key: string) => boolean) =>
  Object.fromEntries(Object.entries(record(map)).filter(([key]) => keep(key)));

export const listUtil: HostFunctions = {
  copyAndRetainAll: (items, kept) => list(items).filter((item) => contains(list(kept), item)),
  copyAndRemoveAll: (items, removed) => list(items).filter((item) => !contains(list(removed), item)),
  sortList(items, descending, field) {
    const key = (item: unknown) => (typeof field === 'string' ? record(item)[field] : item);
    const sorted = [...list(items)].sort((a, b) => order(key(a), key(b)));
    return descending === true ? sorted.reverse() : sorted;
  },
};

export const mapUtil: HostFunctions = {
  copyAndRetainAllKeys: (map, keys) => filterKeys(map, (key) => list(keys).includes(key)),
  copyAndRemoveAllKeys: (map, keys) => filterKeys(map, (key) => !list(keys).includes(key)),
};

export const strUtil: HostFunctions = {
  toUpper: (value) => text(value).toUpperCase(),
  toLower: (value) => text(value).toLowerCase(),
  toReplace: (value, part, by) => text(value).replaceAll(text(part), () => text(by)),
  normalize: (value, form) => text(value).normalize(text(form).toUpperCase()),
};

export const mathUtil: HostFunctions = {
  roundNum: (value) => Math.round(Number(value)),
  minVal: (a, b) => Math.min(Number(a), Number(b)),
  maxVal: (a, b) => Math.max(Number(a), Number(b)),
  randomDouble: () => Math.random(),
  randomWithinRange: (from, to) => Math.floor(Number(from) + Math.random() * (Number(to) - Number(from))),
};

function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}
