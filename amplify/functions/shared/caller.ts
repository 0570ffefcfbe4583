import * as z from 'zod/mini';
import { Refusal } from '../../../domain/refusal.ts';

/** Who calls, as the resolver hands it over from the verified token. */
export interface Caller {
  readonly userId: string;
  readonly groups: readonly string[];
}

const identitySchema = z.object({
  sub: z.string().check(z.minLength(1)),
  groups: z.nullish(z.array(z.string())),
});

/** Throws `Refusal` NOT_A_MEMBER for a caller without a sub, such as an IAM principal. */
export function callerOf(identity: unknown): Caller {
  const { data } = z.safeParse(identitySchema, identity);
  if (!data) throw new Refusal('NOT_A_MEMBER');
  return { userId: data.sub, groups: data.groups ?? [] };
}

/** Admins are made in Cognito, by hand. */
export const isAdmin = (caller: Caller): boolean => caller.groups.includes('admin');

/** AppSync lets nobody else in; checked again where it matters. Throws `Refusal` NOT_AN_ADMIN. */
export function checkAdmin(caller: Caller): void {
  if (!isAdmin(caller)) throw new Refusal('NOT_AN_ADMIN');
}
