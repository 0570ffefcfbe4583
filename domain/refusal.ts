/**
 * Why HourBank says no. The codes are part of the public API (`errorType`); the sentences are for developers, the app
 * words a refusal from its code.
 */
export const REFUSALS = {
  INVALID_INPUT: 'The input is not valid.',
  INVALID_HOURS: 'Hours are a multiple of 0.25, from 0.25 to 1000.',
  INVALID_RATE: 'A rate is a multiple of 0.25, from 0.25 to 10.',
  NOT_A_MEMBER: 'Only a member may do this.',
  NOT_AN_ADMIN: 'Only an admin may do this.',
  NOT_FOUND: 'There is no such thing, or you may not see it.',
  OWN_OFFER: 'You cannot request your own offer.',
  OFFER_UNAVAILABLE: 'This offer is not available.',
  SAME_TERMS: 'These are the terms already on the table: accept them.',
  TERMS_CHANGED: 'The terms are no longer the ones you were shown.',
  INSUFFICIENT_HOURS: 'There are not enough available hours.',
  ACCOUNT_LOCKED: 'This account is locked.',
  DUPLICATE_REQUEST: 'This id is already in use.',
  NOT_YOUR_TURN: 'It is not your turn.',
  NOT_ALLOWED_NOW: 'This cannot be done at this stage.',
  ALREADY_ANSWERED: 'This has already been answered.',
  TOO_MANY_CHANGES: 'Changes can be requested no more often.',
  TOO_MANY_ROUNDS: 'There are no more rounds of negotiation.',
  TOO_MANY_DISPUTES: 'Each party may open one dispute.',
  CONFLICT_OF_INTEREST: 'An admin decides nothing that concerns themselves.',
  INVALID_FILE: 'A file is a JPEG, PNG, WebP or GIF image or a PDF, of at most 5 MB.',
  TOO_MUCH_EVIDENCE: 'No more evidence of this kind can be added.',
  TRY_AGAIN: 'Something is still in progress, try again in a moment.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A typed no to something a member asked for. Never thrown for a fault of our own. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  /** The argument that was refused, where one is to blame. */
  readonly field: string | undefined;

  constructor(code: RefusalCode, message: string = REFUSALS[code], field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}
