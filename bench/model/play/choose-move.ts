import type { Model } from '../model.ts';
import { moves, type Move } from '../moves.ts';
import type { Deal } from '../rules/deal.ts';
import { ENDED } from '../rules/endings.ts';
import { at } from './at.ts';
import { Mismatch } from './mismatch.ts';

/** How a step names a deal and a move about it, see `Step`. */
interface Choice {
  readonly deal: number;
  readonly pick: number;
  readonly want?: string;
  readonly x: number;
}

/** Undefined where no deal is like that. */
export function chooseDeal(
  model: Model,
  which: number,
  isWanted: (deal: Deal) => boolean = () => true,
): Deal | undefined {
  const wanted = [...model.deals.values()].filter(isWanted);
  return wanted.length === 0 ? undefined : at(wanted, which);
}

/** A move that would be accepted now. Throws `Mismatch` where there is none and the step wants a certain one. */
export function chooseMove(
  model: Model,
  { deal: which, pick, want, x }: Choice,
  isWanted: (move: Move) => boolean = () => true,
): { deal: Deal; move: Move } | undefined {
  const deal = chooseDeal(model, which, ({ status }) => !ENDED.has(status));
  const able = deal ? moves(model, deal, x).filter(isWanted) : [];
  const move = want === undefined ? able[pick % able.length] : able.find(({ label }) => label === want);
  if (deal && move) return { deal, move };
  if (want !== undefined) throw new Mismatch(`Nobody may ${want} now`);
  return undefined;
}
