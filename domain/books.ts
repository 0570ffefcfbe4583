import { isQuarterStep, negate, plus, type SignedHours } from './hours.ts';
import { entryId, isOpen, isTreasury, type Account, type Escrow, type LogEntry } from './ledger.ts';
import type { Status } from './life-cycle.ts';

/** As much of a request as its money must agree with. */
export interface RequestOnBooks {
  readonly id: string;
  readonly status: Status;
  readonly amount: number;
  readonly escrowId?: string;
}

/** Everything that the rules of the ledger speak of, as it stands at one moment. */
export interface Books {
  readonly accounts: readonly Account[];
  readonly entries: readonly LogEntry[];
  readonly escrows: readonly Escrow[];
  /** Left out where only the money is checked. */
  readonly requests?: readonly RequestOnBooks[];
}

/**
 * Every invariant of the ledger (design.md section 3), in one place: tests, reconciliation and the chaos runs ask this
 * function. Returns each breach in words; nothing means that the books are clean.
 */
export function checkBooks(books: Books): readonly string[] {
  return [
    ...checkEntries(books.entries),
    ...books.accounts.flatMap((account) => checkAccount(account, books)),
    ...checkSum(books.accounts),
    ...checkOwners(books),
    ...books.escrows.flatMap((escrow) => checkEscrow(escrow, books.entries)),
    ...(books.requests ? checkRequests(books.requests, books.escrows) : []),
  ];
}

/** Rule 2: a posting nets to zero, and an entry is named after its posting and account, once. */
function checkEntries(entries: readonly LogEntry[]): readonly string[] {
  const breaches: string[] = [];
  const ids = new Set<string>();
  for (const entry of entries) {
    if (ids.has(entry.id)) breaches.push(`Entry ${entry.id} is there twice`);
    ids.add(entry.id);
    if (entry.id !== entryId(entry.transactionId, entry.userId))
      breaches.push(`Entry ${entry.id} is not named after its posting and account`);
    if (plus(entry.balanceBefore, entry.amount) !== entry.balanceAfter)
      breaches.push(
        `Entry ${entry.id}: ${entry.balanceBefore} and ${entry.amount} is not ${entry.balanceAfter}`,
      );
    breaches.push(
      ...checkNumbers(`Entry ${entry.id}`, [
        entry.amount,
        entry.heldDelta,
        entry.balanceBefore,
        entry.balanceAfter,
      ]),
    );
  }
  for (const [transactionId, posting] of grouped(entries, (entry) => entry.transactionId)) {
    const net = plus(...posting.flatMap(({ amount, heldDelta }) => [amount, heldDelta]));
    if (net !== 0) breaches.push(`Posting ${transactionId} nets to ${net}`);
  }
  return breaches;
}

/** Rules 2 and 3 for one account. */
function checkAccount(account: Account, { entries, escrows }: Books): readonly string[] {
  const name = `Account ${account.userId}`;
  const own = entries.filter(({ userId }) => userId === account.userId);
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

/** Rule 2: hours are neither made nor lost. */
function checkSum(accounts: readonly Account[]): readonly string[] {
  const sum = plus(...accounts.map(({ totalBalance }) => totalBalance));
  return sum === 0 ? [] : [`All totals together are ${sum}, not 0`];
}

/** Nothing is logged or held for an account that does not exist, and none exists twice. */
function checkOwners({ accounts, entries, escrows }: Books): readonly string[] {
  const known = new Set(accounts.map(({ userId }) => userId));
  const escrowIds = new Set(escrows.map(({ id }) => id));
  return [
    ...(known.size === accounts.length ? [] : ['An account is there twice']),
    ...(escrowIds.size === escrows.length ? [] : ['An escrow is there twice']),
    ...entries.flatMap(({ id, userId }) => (known.has(userId) ? [] : [`Entry ${id} is of no account`])),
    ...escrows.flatMap(({ id, fromUserId }) =>
      known.has(fromUserId) ? [] : [`Escrow ${id} is of no account`],
    ),
  ];
}

/** Rule 3: a hold resolves once, and the log says the same of it. */
function checkEscrow(escrow: Escrow, entries: readonly LogEntry[]): readonly string[] {
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

/** Rule 1: money and status never part. */
function checkRequests(requests: readonly RequestOnBooks[], escrows: readonly Escrow[]): readonly string[] {
  const breaches: string[] = [];
  if (new Set(requests.map(({ id }) => id)).size < requests.length) breaches.push('A request is there twice');
  const ofRequest = grouped(escrows, ({ requestId }) => requestId);
  for (const [requestId, held] of ofRequest) {
    if (held.length > 1) breaches.push(`Request ${requestId} has ${held.length} escrows`);
    if (!requests.some(({ id }) => id === requestId)) breaches.push(`No request ${requestId}, but an escrow`);
  }
  for (const request of requests) {
    const [escrow] = ofRequest.get(request.id) ?? [];
    if (escrow?.id !== request.escrowId)
      breaches.push(
        `Request ${request.id} names escrow ${request.escrowId ?? '(none)'}, not ${escrow?.id ?? '(none)'}`,
      );
    if (escrow && escrow.amount !== request.amount)
      breaches.push(`Request ${request.id} is of ${request.amount} hours, its escrow of ${escrow.amount}`);
    if (!agrees(request.status, escrow))
      breaches.push(`Request ${request.id} is ${request.status}, its escrow ${escrow?.status ?? 'absent'}`);
  }
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

const checkNumbers = (name: string, numbers: readonly number[]): readonly string[] =>
  numbers.every(isQuarterStep) ? [] : [`${name} has an amount that is not in quarters of an hour`];

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
