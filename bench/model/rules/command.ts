import type { RefusalCode } from '../../../domain/refusal.ts';
import type { World } from './world.ts';

/** An operation of the API as a caller gives it. */
export interface Action {
  readonly op: string;
  readonly by: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export type Reply = 'OK' | RefusalCode;

/** What an accepted command does. */
export type Effect = () => void;

/** Considers what a caller asks for, without any effect yet. Throws `Refused`. */
export type Command = (world: World, by: string, args: Action['args']) => Effect;

/** An argument, where it is a number. */
export const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
