import type { Role } from './deal.ts';

/** What each operation asks, and where it may be asked by whom. */
export interface Question {
  readonly by: readonly Role[];
  readonly where: readonly string[];
  /** Where it has had its effect. */
  readonly answered: readonly string[];
  /** Where the system is about to make it possible. */
  readonly soon: ReadonlySet<string>;
}

const BEFORE_RESPONSE = new Set(['INITIATED', 'VALIDATING', 'ESCROWED']);
const SOON_AT_WORK = new Set(['ACCEPTED']);
const NEVER = new Set<string>();

/** The event that it brings about if it is accepted. */
export type Asked = 'WITHDRAW' | 'CANNOT_DO' | 'DELIVERED' | 'CHANGES' | 'CONFIRM' | 'OPEN_DISPUTE';

export const QUESTIONS: Readonly<Record<Asked, Question>> = {
  WITHDRAW: {
    by: ['REQUESTER'],
    where: ['AWAITING_RESPONSE', 'NEGOTIATING'],
    answered: ['CANCELLED'],
    soon: BEFORE_RESPONSE,
  },
  CANNOT_DO: {
    by: ['PROVIDER'],
    where: ['IN_PROGRESS'],
    answered: ['CANCELLED'],
    soon: SOON_AT_WORK,
  },
  DELIVERED: {
    by: ['PROVIDER'],
    where: ['IN_PROGRESS'],
    answered: ['COMPLETED', 'PAID'],
    soon: SOON_AT_WORK,
  },
  CHANGES: { by: ['REQUESTER'], where: ['COMPLETED'], answered: ['IN_PROGRESS', 'PAID'], soon: NEVER },
  CONFIRM: { by: ['REQUESTER'], where: ['COMPLETED'], answered: ['PAID'], soon: NEVER },
  OPEN_DISPUTE: {
    by: ['REQUESTER', 'PROVIDER'],
    where: ['IN_PROGRESS', 'COMPLETED'],
    answered: ['DISPUTED'],
    soon: SOON_AT_WORK,
  },
};

/** An answer to the terms on the table; whose turn it is, is asked later. */
export const RESPONSES: Readonly<Record<Role, Question>> = {
  REQUESTER: responseSoon(NEVER),
  PROVIDER: responseSoon(BEFORE_RESPONSE),
};

function responseSoon(soon: ReadonlySet<string>): Question {
  return {
    by: ['REQUESTER', 'PROVIDER'],
    where: ['AWAITING_RESPONSE', 'NEGOTIATING'],
    answered: ['ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'PAID', 'REJECTED'],
    soon,
  };
}
