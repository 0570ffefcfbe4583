import { number, type Action, type Command } from './command.ts';
import { refuse } from './refuse.ts';
import type { Account, World } from './world.ts';

const adjustBalance: Command = (world, by, args) => {
  const account = accountFor(world, by, args);
  const id = String(args['adjustmentId']);
  const body = JSON.stringify([by, args]);
  const earlier = world.adjustments.get(id);
  if (earlier !== undefined) {
    if (earlier !== body) refuse('DUPLICATE_REQUEST');
    return () => undefined;
  }
  const hours = number(args['hours']) ?? refuse('INVALID_HOURS');
  if (account.locked) refuse('ACCOUNT_LOCKED');
  if (hours < 0 && args['allowBelowZero'] !== true && account.available + hours < 0)
    refuse('INSUFFICIENT_HOURS');
  return () => {
    world.adjustments.set(id, body);
    account.available += hours;
  };
};

const setAccountLock: Command = (world, by, args) => {
  const account = accountFor(world, by, args);
  const locked = args['locked'] === true;
  if (account.locked === locked) refuse('ALREADY_ANSWERED');
  return () => {
    account.locked = locked;
  };
};

export const ACCOUNT_COMMANDS: Readonly<Record<string, Command>> = { adjustBalance, setAccountLock };

/** Accounts are for an admin, and never their own. */
function accountFor(world: World, by: string, args: Action['args']): Account {
  if (!world.admins.has(by)) refuse('NOT_AN_ADMIN');
  const member = String(args['userId']);
  if (member === by) refuse('CONFLICT_OF_INTEREST');
  return world.accounts.get(member) ?? refuse('NOT_FOUND');
}
