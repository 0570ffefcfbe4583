import { isQuarterStep, negate, plus, type SignedHours } from './hours.ts';
import { entryId, isOpen, isTreasury, type Account, type Escrow, type LogEntry } from './ledger.ts';
import type { Status } from './life-cycle.ts';

/**
 * The rules of the ledger (design.md section 3), each for one row and those it must agree with. Each returns its breaches
 * in words that name the row. `books.ts` and `account-books.ts` say which rows a rule is asked about.
 */
export type Breaches = readonly string[];

/** As much of a request as its money must agree with. */
export interface RequestOnBooks {
  readonly id: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly status: Status;
  readonly amount: number;
  readonly escrowId?: string;
  readonly disputeId?: string;
}

export const postingsOf = (entries: readonly LogEntry[]): ReadonlyMap<string, readonly LogEntry[]> =>
  Map.groupBy(entries, ({ transactionId }) => transactionId);

/** An entry is named after its posting and account, and its balances differ by its amount. */
export function checkEntry(entry: LogEntry): Breaches {
  const { id, amount, heldDelta, balanceBefore, balanceAfter } = entry;
  return [
    ...(id === entryId(entry.transactionId, entry.userId)
      ? []
      : [`Entry ${id} is not named after its posting and account`]),
    ...(plus(balanceBefore, amount) === balanceAfter
      ? []
      : [`Entry ${id}: ${balanceBefore} and ${amount} is not ${balanceAfter}`]),
    ...checkNumbers(`Entry ${id}`, [amount, heldDelta, balanceBefore, balanceAfter]),
  ];
}

/** Rule 2: all entries of a posting together net to zero. */
export function checkPosting(transactionId: string, entries: readonly LogEntry[]): Breaches {
  const net = plus(...entries.flatMap(({ amount, heldDelta }) => [amount, heldDelta]));
  return net === 0 ? [] : [`Posting ${transactionId} nets to ${net}`];
}

/** Rules 2 and 3: an account agrees with its entries and with the escrows that hold its hours. */
export function checkAccount(
  account: Account,
  own: readonly LogEntry[],
  escrows: readonly Escrow[],
): Breaches {
  const name = `Account ${account.userId}`;
  const open = escrows.filter((escrow) => isOpen(escrow) && escrow.fromUserId === account.userId);
  const { availableBalance: available, escrowedBalance: escrowed, totalBalance: total } = account;
  const breaches = [...checkNumbers(name, [available, escrowed, total])];
  const expect = (what: string, actual: number, expected: number) => {
    if (actual !== expected) breaches.push(`${name}: ${what} is ${actual}, not ${expected}`);
  };

  expect('available by the log', available, plus(...own.map(({ amount }) => amount)));
  expect('escrowed by the log', escrowed, plus(...own.map(({ heldDelta }) => heldDelta)));
  expect('escrowed by open escrows', escrowed, plus(...open.map(({ amount }) => amount)));
  expect('total', total, plus(available, escrowed));
  expect('version', account.version, own.length);

  const adjusted = own.some(
    ({ transactionType, amount }) => transactionType === 'ADMIN_ADJUSTMENT' && amount < 0,
  );
  if (available < 0 && !isTreasury(account.userId) && !adjusted) breaches.push(`${name} is below zero`);
  if (escrowed < 0) breaches.push(`${name} holds less than nothing`);
  if (own.length > 0 && !own.some(({ transactionId }) => transactionId === account.lastTransactionId))
    breaches.push(`${name}: its last posting ${account.lastTransactionId ?? '(none)'} is not in the log`);
  if (!isChain(own, available)) breaches.push(`${name}: its entries do not follow one another`);
  return breaches;
}

/**
 * Entries follow one another from 0 to the present balance exactly if each balance that one starts from was left by
 * another, whatever their order: times may tie.
 */
function isChain(entries: readonly LogEntry[], available: SignedHours): boolean {
  const befores = [...entries.map(({ balanceBefore }) => balanceBefore), available].sort((a, b) => a - b);
  const afters = [...entries.map(({ balanceAfter }) => balanceAfter), 0].sort((a, b) => a - b);
  return befores.every((balance, index) => balance === afters[index]);
}

/** An account is a member's, or the treasury's. */
export const checkOwner = ({ userId }: Pick<Account, 'userId'>, isMember: boolean): Breaches =>
  isMember || isTreasury(userId) ? [] : [`Account ${userId} is of no member`];

/** What belongs to somebody who has no account. */
export const ofNoAccount = (what: 'Entry' | 'Escrow' | 'Member', id: string): string =>
  `${what} ${id} is of no account`;

/** Rule 3: a hold resolves once, and the log says the same of it. `entries` may be of any accounts. */
export function checkEscrow(escrow: Escrow, entries: readonly LogEntry[]): Breaches {
  const name = `Escrow ${escrow.id}`;
  const own = entries.filter(({ relatedEntityId }) => relatedEntityId === escrow.id);
  const sumOf = (userId: string, field: 'amount' | 'heldDelta') =>
    plus(...own.filter((entry) => entry.userId === userId).map((entry) => entry[field]));
  const open = isOpen(escrow);
  const { amount, releasedAmount: released, refundedAmount: refunded } = escrow;
  const breaches = [...checkNumbers(name, [amount, released, refunded])];
  const expect = (what: string, actual: number, expected: number) => {
    if (actual !== expected) breaches.push(`${name}: ${what} is ${actual}, not ${expected}`);
  };

  expect('released and refunded', plus(released, refunded), open ? 0 : amount);
  expect('held by the log', sumOf(escrow.fromUserId, 'heldDelta'), open ? amount : 0);
  expect(
    'taken from the requester by the log',
    negate(sumOf(escrow.fromUserId, 'amount')),
    open ? amount : released,
  );
  expect('paid to the provider by the log', sumOf(escrow.toUserId, 'amount'), released);
  if (amount <= 0) breaches.push(`${name} is of ${amount} hours`);
  if (escrow.status === 'RELEASED' && released <= 0) breaches.push(`${name} is RELEASED and paid nothing`);
  if (escrow.status === 'CANCELLED' && released !== 0)
    breaches.push(`${name} is CANCELLED and paid ${released}`);
  if (!open && escrow.frozenBy !== undefined) breaches.push(`${name} is ${escrow.status} and still frozen`);
  return breaches;
}

/** An escrow is of a request, and the only one of it. */
export function checkEscrowsOfRequest(
  requestId: string,
  exists: boolean,
  escrows: readonly Escrow[],
): Breaches {
  return [
    ...(escrows.length > 1 ? [`Request ${requestId} has ${escrows.length} escrows`] : []),
    ...(exists ? [] : [`No request ${requestId}, but an escrow`]),
  ];
}

/** Rule 1: money and status never part; and the hours are between the two whom the request is between. */
export function checkRequest(request: RequestOnBooks, escrow: Escrow | undefined): Breaches {
  const name = `Request ${request.id}`;
  const breaches: string[] = [];
  if (escrow?.id !== request.escrowId)
    breaches.push(`${name} names escrow ${request.escrowId ?? '(none)'}, not ${escrow?.id ?? '(none)'}`);
  if (escrow && escrow.amount !== request.amount)
    breaches.push(`${name} is of ${request.amount} hours, its escrow of ${escrow.amount}`);
  if (escrow && escrow.fromUserId !== request.requesterId)
    breaches.push(`${name} is by ${request.requesterId}, its escrow from ${escrow.fromUserId}`);
  if (escrow && escrow.toUserId !== request.providerId)
    breaches.push(`${name} is to ${request.providerId}, its escrow to ${escrow.toUserId}`);
  if (
    escrow?.frozenBy !== undefined &&
    !(request.status === 'DISPUTED' && escrow.frozenBy === request.disputeId)
  )
    breaches.push(`${name} is ${request.status}, its escrow frozen by ${escrow.frozenBy}`);
  if (!agrees(request.status, escrow))
    breaches.push(`${name} is ${request.status}, its escrow ${escrow?.status ?? 'absent'}`);
  return breaches;
}

function agrees(status: Status, escrow: Escrow | undefined): boolean {
  switch (status) {
    case 'INITIATED':
    case 'VALIDATING':
      return escrow === undefined;
    case 'PAID':
      return escrow?.status === 'RELEASED';
    case 'REFUNDED':
    case 'EXPIRED':
      return escrow?.status === 'CANCELLED';
    case 'REJECTED':
    case 'CANCELLED':
      return escrow === undefined || escrow.status === 'CANCELLED'; // refused or failed before anything was held
    case 'ESCROWED':
    case 'AWAITING_RESPONSE':
    case 'NEGOTIATING':
    case 'ACCEPTED':
    case 'IN_PROGRESS':
    case 'COMPLETED':
    case 'DISPUTED':
      return escrow !== undefined && isOpen(escrow);
  }
}

const checkNumbers = (name: string, numbers: readonly number[]): Breaches =>
  numbers.every(isQuarterStep) ? [] : [`${name} has an amount that is not in quarters of an hour`];
