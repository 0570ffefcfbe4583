import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  notificationOfAction,
  type AdjustmentRecord,
  type AdminActionRecord,
} from '../../../domain/admin-action.ts';
import type { Instant } from '../../../domain/instant.ts';
import { Refusal, type RefusalCode } from '../../../domain/refusal.ts';
import { readRow } from './dynamo.ts';
import { putOnce } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { BrokenRule } from './service-fault.ts';
import { MODEL, type Tables } from './tables.ts';
import { settle, transact, type TransactItem } from './transaction.ts';

/** What admins do, on record. */
export interface AdminActions {
  action(id: string): Promise<AdminActionRecord | undefined>;
  /** Puts an adjustment on record, or finds what is there with its id. */
  record(adjustment: AdjustmentRecord): Promise<AdminActionRecord>;
  /** Ends as REFUSED what is still REQUESTED. Returns the action as it then stands. */
  refuse(id: string, refusal: RefusalCode, now: Instant): Promise<AdminActionRecord>;
}

export interface AdminActionEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'adminAction'>;
  readonly backoff?: Backoff;
}

export function createAdminActions({ dynamo, tables, backoff }: AdminActionEdges): AdminActions {
  return {
    action: (id) => readAction(dynamo, tables, id),

    record: (adjustment) =>
      settle(async () => {
        const known = await readAction(dynamo, tables, adjustment.id);
        if (known) return known;
        await transact(dynamo, [actionItem(tables, adjustment)]);
        return adjustment;
      }, backoff),

    refuse: (id, refusal, now) =>
      settle(async () => {
        const action = await readAction(dynamo, tables, id);
        if (!action) throw new BrokenRule(`Adjustment ${id} is not on record`);
        if (action.status !== 'REQUESTED') return action;
        await dynamo.send(
          new UpdateCommand({
            TableName: tables.adminAction,
            Key: { id },
            UpdateExpression: 'SET #status = :refused, refusal = :refusal, updatedAt = :now',
            ConditionExpression: '#status = :requested',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':refused': 'REFUSED',
              ':refusal': refusal,
              ':now': now,
              ':requested': 'REQUESTED',
            },
          }),
        );
        return { ...action, status: 'REFUSED', refusal, updatedAt: now };
      }, backoff),
  };
}

export async function readAction(
  dynamo: DynamoDBDocumentClient,
  tables: Pick<Tables, 'adminAction'>,
  id: string,
): Promise<AdminActionRecord | undefined> {
  return (await readRow(dynamo, tables.adminAction, { id })) as AdminActionRecord | undefined; // written here alone
}

export const actionItem = (tables: Pick<Tables, 'adminAction'>, action: AdminActionRecord): TransactItem =>
  putOnce(tables.adminAction, { __typename: MODEL.adminAction, ...action });

/** What the member is told of an action, in the transaction that does it: so once, and only if it is done. */
export const toldItem = (
  tables: Pick<Tables, 'notification'>,
  action: AdminActionRecord,
  now: Instant,
): TransactItem =>
  putOnce(tables.notification, { __typename: MODEL.notification, ...notificationOfAction(action, now) });

/**
 * What goes with the posting of an adjustment, on condition that it is still REQUESTED. Read anew for each try: what was
 * refused once is never made after all. Throws `Refusal` where it was, `BrokenRule` where it is not on record.
 */
export async function adjustmentItems(
  dynamo: DynamoDBDocumentClient,
  { adminAction, notification }: Partial<Pick<Tables, 'adminAction'>> & Pick<Tables, 'notification'>,
  id: string,
  now: Instant,
): Promise<readonly TransactItem[]> {
  if (adminAction === undefined) throw new Error('This function was not given the table of admin actions');
  const action = await readAction(dynamo, { adminAction }, id);
  if (!action) throw new BrokenRule(`Adjustment ${id} is not on record`);
  if (action.refusal !== undefined) throw new Refusal(action.refusal);
  return [
    {
      Update: {
        TableName: adminAction,
        Key: { id },
        UpdateExpression: 'SET #status = :done, updatedAt = :now',
        ConditionExpression: '#status = :requested',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':done': 'DONE', ':now': now, ':requested': 'REQUESTED' },
      },
    },
    toldItem({ notification }, action, now),
  ];
}
