/** Where a member lands who wanted to go nowhere in particular. */
export const HOME = '/offers';

/** A path of this app out of an address anybody may have made: never another site. */
export function safeReturnPath(next: string | null | undefined): string {
  return next !== null && next !== undefined && /^\/(?![/\\])/.test(next) ? next : HOME;
}
