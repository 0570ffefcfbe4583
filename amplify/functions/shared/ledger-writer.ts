import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { postingOfAdjustment, type AdjustmentRecord } from '../../../domain/admin-action.ts';
import type { Instant } from '../../../domain/instant.ts';
import {
  EscrowMoved,
  applyEscrowChange,
  applyLine,
  emptyAccount,
  entryId,
  netsToZero,
  type Account,
  type Escrow,
  type EscrowStatus,
  type LogEntry,
  type Posting,
} from '../../../domain/ledger.ts';
import { ledgerEffectOf, welcomeBonus } from '../../../domain/posting.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import type { ChangedRequest, StatusChange } from '../../../domain/status-change.ts';
import { adjustmentItems } from './admin-actions.ts';
import { readRow } from './dynamo.ts';
import { accountItem, entryItem, escrowIdOf, escrowItem } from './posting-items.ts';
import { changeOf, putOnce, readRequest, requestItems, type RequestChange } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { MODEL, type RequestTables, type Tables } from './tables.ts';
import { paymentItems, type TotalsTables } from './totals-items.ts';
import { hashOf, settle, transact, type TransactItem } from './transaction.ts';

export type LedgerTables = RequestTables & Pick<Tables, 'escrow' | 'userBalance' | 'transactionLog'>;

export interface PostingContext {
  readonly now: Instant;
  readonly executionArn?: string;
}

export interface Posted {
  /**
   * The posting had been made before; this is what it did then. Two tries at the same moment with the same body are one
   * transaction to DynamoDB, and both hear that they made it.
   */
  readonly replayed: boolean;
  readonly entries: readonly LogEntry[];
  /** The escrow and the request as they now stand. */
  readonly escrow?: Escrow;
  readonly request?: RequestRecord;
}

export interface NewMember {
  readonly id: string;
  readonly displayName: string;
}

/** The same id with another body: something has gone wrong that only a person can judge. */
export class PostingConflict extends Error {
  override readonly name = 'PostingConflict';
}

/** The one way to move hours. */
export interface LedgerWriter {
  /**
   * Makes a posting, together with the change of status that goes with it, in one transaction; or returns what the same
   * posting did before. Throws `Refusal` INSUFFICIENT_HOURS or ACCOUNT_LOCKED; `EscrowMoved` where the hours have gone
   * another way; `StaleRequest` where the request has; `PostingConflict` where the id belongs to another posting.
   */
  post(posting: Posting, context: PostingContext, change?: RequestChange): Promise<Posted>;
  /** Creates the member and gives the welcome bonus, in one transaction. Harmless to repeat. */
  welcome(member: NewMember, context: PostingContext): Promise<Posted>;
  /**
   * Makes the posting of an adjustment, marks it DONE and tells the member, in one transaction. Harmless to repeat. Throws
   * `Refusal` as `post` does, and again where it was refused before; `BrokenRule` where it is not on record.
   */
  adjust(adjustment: AdjustmentRecord, context: PostingContext): Promise<Posted>;
  /**
   * Says that a release or refund has begun: from then on the other one is impossible. Harmless to repeat, also after it
   * has ended. `disputeId` where a dispute decided so: it alone may move what it froze. Throws `EscrowMoved`.
   */
  begin(
    escrowId: string,
    status: 'RELEASING' | 'CANCELLING',
    now: Instant,
    disputeId?: string,
  ): Promise<Escrow>;
  /** Lets nothing but a dispute move an escrow. Harmless to repeat. Throws `EscrowMoved`. */
  freeze(escrowId: string, disputeId: string, now: Instant): Promise<void>;
  /** The entries of a posting, for the audit; those that are not there are left out. */
  entriesOf(posting: Pick<Posting, 'transactionId' | 'lines'>): Promise<readonly LogEntry[]>;
  escrow(escrowId: string): Promise<Escrow | undefined>;
}

export interface LedgerEdges {
  readonly dynamo: DynamoDBDocumentClient;
  /**
   * `user` is needed for `welcome` only, `adminAction` for `adjust`, `dispute` where a posting ends one, the totals where it
   * pays.
   */
  readonly tables: LedgerTables & Partial<Pick<Tables, 'user' | 'adminAction' | 'dispute'> & TotalsTables>;
  readonly backoff?: Backoff;
}

/** Everything that a posting is worked out from, as one attempt has read it. */
interface Standing {
  readonly accounts: readonly Account[];
  readonly escrow: Escrow | undefined;
  readonly request: RequestRecord | undefined;
}

const ENDED: Readonly<Record<'RELEASING' | 'CANCELLING', EscrowStatus>> = {
  RELEASING: 'RELEASED',
  CANCELLING: 'CANCELLED',
};

export function createLedgerWriter({ dynamo, tables, backoff }: LedgerEdges): LedgerWriter {
  return {
    post: (posting, context, change) => post(posting, context, change),
    welcome: (member, context) =>
      post(welcomeBonus(member.id), context, undefined, () => memberItems(member, context.now)),
    adjust: (adjustment, context) =>
      post(postingOfAdjustment(adjustment), context, undefined, () =>
        adjustmentItems(dynamo, tables, adjustment.id, context.now),
      ),
    entriesOf,
    escrow: readEscrow,

    begin: (escrowId, status, now, disputeId) =>
      settle(async () => {
        const escrow = await readEscrow(escrowId);
        if (escrow?.status === status || escrow?.status === ENDED[status]) return escrow;
        if (escrow?.status !== 'ESCROWED' || (escrow.frozenBy !== undefined && escrow.frozenBy !== disputeId))
          throw new EscrowMoved(
            `Escrow ${escrowId} is ${escrow?.status ?? 'absent'}, it cannot be ${status}`,
          );
        await dynamo.send(
          new UpdateCommand({
            TableName: tables.escrow,
            Key: { id: escrowId },
            UpdateExpression: 'SET #status = :status, updatedAt = :now',
            ConditionExpression: `#status = :escrowed AND ${
              escrow.frozenBy === undefined ? 'attribute_not_exists(frozenBy)' : 'frozenBy = :disputeId'
            }`,
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':status': status,
              ':escrowed': 'ESCROWED',
              ':now': now,
              ...(escrow.frozenBy !== undefined && { ':disputeId': escrow.frozenBy }),
            },
          }),
        );
        return { ...escrow, status };
      }, backoff),

    freeze: (escrowId, disputeId, now) =>
      settle(async () => {
        const escrow = await readEscrow(escrowId);
        if (escrow?.frozenBy === disputeId) return;
        if (escrow?.status !== 'ESCROWED' || escrow.frozenBy !== undefined)
          throw new EscrowMoved(`Escrow ${escrowId} is ${escrow?.status ?? 'absent'}, it cannot be frozen`);
        await dynamo.send(
          new UpdateCommand({
            TableName: tables.escrow,
            Key: { id: escrowId },
            UpdateExpression: 'SET frozenBy = :disputeId, updatedAt = :now',
            ConditionExpression: '#status = :escrowed AND attribute_not_exists(frozenBy)',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':disputeId': disputeId, ':escrowed': 'ESCROWED', ':now': now },
          }),
        );
      }, backoff),
  };

  async function post(
    posting: Posting,
    context: PostingContext,
    change?: RequestChange,
    besides: () => Promise<readonly TransactItem[]> = () => Promise.resolve([]),
  ): Promise<Posted> {
    if (!netsToZero(posting.lines)) throw new Error(`Posting ${posting.transactionId} does not net to zero`);
    const postingHash = hashOf(posting);
    return settle(async () => {
      const standing = await read(posting, change);
      // Last, so that what was read before it is older: no entry now means that the posting was not made then either.
      const done = await entriesOf(posting);
      if (done.length > 0) return replay(posting, postingHash, change);

      const changed = change && moveRequest(posting, standing.request, change, context.now);
      const accounts = posting.lines.map((line, index) => {
        const before = standing.accounts[index] ?? emptyAccount(line.userId);
        return { line, before, after: applyLine(before, line, posting) };
      });
      const escrow = posting.escrow && applyEscrowChange(standing.escrow, posting.escrow);
      const entries = accounts.map(({ line, before, after }): LogEntry => ({
        id: entryId(posting.transactionId, line.userId),
        transactionId: posting.transactionId,
        userId: line.userId,
        transactionType: posting.transactionType,
        amount: line.amount,
        heldDelta: line.heldDelta,
        balanceBefore: before.availableBalance,
        balanceAfter: after.availableBalance,
        description: posting.description,
        relatedEntityId: posting.relatedEntityId,
        ...(context.executionArn !== undefined && { stepFunctionExecutionArn: context.executionArn }),
        postingHash,
        createdAt: context.now,
        updatedAt: context.now,
      }));
      await transact(dynamo, [
        ...entries.map((entry) => entryItem(tables, entry)),
        ...accounts.map(({ line, before, after }) =>
          accountItem(tables, posting, line, before, after, context.now),
        ),
        ...(escrow ? [escrowItem(tables, standing.escrow, escrow, context)] : []),
        ...(changed ? requestItems(tables, changed) : []),
        ...(changed ? paymentItems(tables, posting, changed.request, context.now) : []),
        ...(await besides()),
      ]);
      return {
        replayed: false,
        entries,
        ...(escrow && { escrow }),
        ...(changed && { request: changed.request }),
      };
    }, backoff);
  }

  async function read(posting: Posting, change: RequestChange | undefined): Promise<Standing> {
    const escrowId = escrowIdOf(posting);
    const [accounts, escrow, request] = await Promise.all([
      Promise.all(posting.lines.map(({ userId }) => readAccount(userId))),
      escrowId === undefined ? undefined : readEscrow(escrowId),
      change && readRequest(dynamo, tables, change.requestId),
    ]);
    return { accounts, escrow, request };
  }

  async function replay(
    posting: Posting,
    postingHash: string,
    change: RequestChange | undefined,
  ): Promise<Posted> {
    const entries = await entriesOf(posting); // again: those read beside the first one may be older than the posting
    if (entries.some((entry) => entry.postingHash !== postingHash))
      throw new PostingConflict(`${posting.transactionId} was posted before with another body`);
    const { escrow, request } = await read(posting, change);
    return { replayed: true, entries, ...(escrow && { escrow }), ...(request && { request }) };
  }

  async function readAccount(userId: string): Promise<Account> {
    const row = await readRow(dynamo, tables.userBalance, { userId });
    return (row ?? emptyAccount(userId)) as Account; // written here alone
  }

  async function readEscrow(escrowId: string): Promise<Escrow | undefined> {
    return (await readRow(dynamo, tables.escrow, { id: escrowId })) as Escrow | undefined; // written here alone
  }

  async function entriesOf({ transactionId, lines }: Pick<Posting, 'transactionId' | 'lines'>) {
    const ids = lines.map(({ userId }) => entryId(transactionId, userId));
    const rows = await Promise.all(ids.map((id) => readRow(dynamo, tables.transactionLog, { id })));
    return rows.filter((row) => row !== undefined) as unknown as readonly LogEntry[]; // written here alone
  }

  async function memberItems({ id, displayName }: NewMember, now: Instant): Promise<readonly TransactItem[]> {
    if (tables.user === undefined) throw new Error('This function was not given the table of members');
    if (await readRow(dynamo, tables.user, { id })) return [];
    const row = { __typename: MODEL.user, id, displayName, createdAt: now, updatedAt: now };
    return [putOnce(tables.user, row)];
  }
}

/** Money and status never part: a posting goes with a change that asks for it, and what it settles is written with it. */
function moveRequest(
  posting: Posting,
  request: RequestRecord | undefined,
  change: RequestChange,
  now: Instant,
): ChangedRequest {
  const changed = changeOf(request, { ...change, terms: { ...change.terms, ...termsOf(posting) } }, now);
  if (changed.transition.ledger !== ledgerEffectOf(posting))
    throw new Error(`${change.event} goes with ${changed.transition.ledger}, not ${posting.kind}`);
  return changed;
}

function termsOf({ escrow }: Posting): NonNullable<StatusChange['terms']> {
  if (escrow?.type === 'OPEN') return { escrowId: escrow.escrow.id };
  return escrow?.type === 'RESIZE' ? { amount: escrow.to } : {};
}
