import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DisputeRecord, Proposal } from '../../../domain/dispute.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Party } from '../../../domain/life-cycle.ts';
import { notification, otherParty, type NotificationKind } from '../../../domain/notifications.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { readRow } from './dynamo.ts';
import { putOnce } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { BrokenRule } from './service-fault.ts';
import { MODEL, type Tables } from './tables.ts';
import { isCollision, isTransient, settle, transact, type TransactItem } from './transaction.ts';

/** Of a request and its party, as a settlement is moved. */
export interface SettlementMove {
  readonly request: RequestRecord;
  /** Who moves. */
  readonly party: Party;
  readonly now: Instant;
}

/**
 * Writes of a dispute what the status of its request does not say: who wants what. Its beginning and its end are written
 * with the request (`dispute-items.ts`).
 */
export interface DisputeWriter {
  dispute(disputeId: string): Promise<DisputeRecord | undefined>;
  /** The present dispute of a request. Throws `BrokenRule` if there is none. */
  disputeOf(request: RequestRecord): Promise<{ readonly dispute: DisputeRecord }>;
  /** Written with the command that opens it. */
  newDispute(dispute: DisputeRecord): TransactItem;
  /** Reads, decides and writes until it is through. Throws `Refusal` TRY_AGAIN where too many collide. */
  change<Result>(attempt: () => Promise<Result>): Promise<Result>;
  propose(dispute: DisputeRecord, proposal: Proposal, move: SettlementMove): Promise<DisputeRecord>;
  decline(dispute: DisputeRecord, move: SettlementMove): Promise<DisputeRecord>;
  /** Written with the command that accepts: the settlement is still the one that is accepted. */
  agreeTo(dispute: DisputeRecord, now: Instant): TransactItem;
}

export interface DisputeWriterEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'dispute' | 'notification'>;
  readonly backoff?: Backoff;
}

export function createDisputeWriter({ dynamo, tables, backoff }: DisputeWriterEdges): DisputeWriter {
  const dispute = async (id: string) =>
    (await readRow(dynamo, tables.dispute, { id })) as DisputeRecord | undefined; // written by us alone

  return {
    dispute,

    async disputeOf({ id, disputeId }) {
      const found = disputeId === undefined ? undefined : await dispute(disputeId);
      if (!found) throw new BrokenRule(`Request ${id} has no dispute`);
      return { dispute: found };
    },

    newDispute: (opened) => putOnce(tables.dispute, { __typename: MODEL.dispute, ...opened }),

    async change(attempt) {
      try {
        return await settle(attempt, backoff);
      } catch (error) {
        if (isCollision(error) || isTransient(error)) throw new Refusal('TRY_AGAIN');
        throw error;
      }
    },

    async propose(before, proposal, move) {
      await transact(dynamo, [
        updateOf(
          before,
          'SET proposedRefundHours = :hours, proposedBy = :by, proposedAt = :now, proposals = :proposals',
          {
            ':hours': proposal.proposedRefundHours,
            ':by': proposal.proposedBy,
            ':proposals': proposal.proposals,
          },
          move.now,
        ),
        told(before, 'SETTLEMENT_PROPOSED', move, proposal.proposals, proposal.proposedRefundHours),
      ]);
      return { ...before, ...proposal, updatedAt: move.now };
    },

    async decline(before, move) {
      await transact(dynamo, [
        updateOf(before, 'REMOVE proposedRefundHours, proposedBy, proposedAt', {}, move.now),
        told(before, 'SETTLEMENT_DECLINED', move, before.proposals, before.proposedRefundHours),
      ]);
      const { proposedRefundHours: _hours, proposedBy: _by, proposedAt: _at, ...kept } = before;
      return { ...kept, updatedAt: move.now };
    },

    agreeTo: (before, now) => updateOf(before, '', {}, now),
  };

  /** A change on condition that nobody moved the settlement since it was read. */
  function updateOf(
    { id, proposals, proposedAt }: DisputeRecord,
    update: string,
    values: Readonly<Record<string, unknown>>,
    now: Instant,
  ): TransactItem {
    const set = update.startsWith('SET') ? `${update}, updatedAt = :now` : `SET updatedAt = :now ${update}`;
    return {
      Update: {
        TableName: tables.dispute,
        Key: { id },
        UpdateExpression: set.trim(),
        ConditionExpression: [
          '#status = :awaiting AND proposals = :proposalsBefore',
          proposedAt === undefined ? 'attribute_not_exists(proposedAt)' : 'proposedAt = :proposedAt',
        ].join(' AND '),
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...values,
          ':now': now,
          ':awaiting': 'AWAITING_DECISION',
          ':proposalsBefore': proposals,
          ...(proposedAt !== undefined && { ':proposedAt': proposedAt }),
        },
      },
    };
  }

  /** The other party is told, once for each proposal. */
  function told(
    { id }: DisputeRecord,
    kind: NotificationKind,
    { request, party, now }: SettlementMove,
    proposal: number,
    hours: number | undefined,
  ): TransactItem {
    const row = notification(request, otherParty(party), kind, now, undefined, hours);
    const item = { __typename: MODEL.notification, ...row, id: `${id}#${kind}#${proposal}` };
    return putOnce(tables.notification, item);
  }
}
