import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { RequestRecord } from '../../../domain/request.ts';
import { changeStatus, type ChangedRequest, type StatusChange } from '../../../domain/status-change.ts';
import { readRow } from './dynamo.ts';
import { disputeItems } from './dispute-items.ts';
import { MODEL, type DisputeTables, type RequestTables, type Tables } from './tables.ts';
import type { TransactItem } from './transaction.ts';

/** A change of status as a worker asks for it; `revision` is the one it leaves, and makes a repeat harmless. */
export interface RequestChange extends Omit<StatusChange, 'now'> {
  readonly requestId: string;
  readonly revision: number;
}

/** The request has moved another way than the one that was asked for. Another try cannot mend that. */
export class StaleRequest extends Error {
  override readonly name = 'StaleRequest';
}

export async function readRequest(
  dynamo: DynamoDBDocumentClient,
  tables: Pick<Tables, 'serviceRequest'>,
  requestId: string,
): Promise<RequestRecord | undefined> {
  const row = await readRow(dynamo, tables.serviceRequest, { id: requestId });
  return row as RequestRecord | undefined; // written by the two writers alone
}

/** Works a change out. Throws `StaleRequest` unless the request is at the revision that the change leaves. */
export function changeOf(
  request: RequestRecord | undefined,
  { requestId, revision, ...change }: RequestChange,
  now: string,
): ChangedRequest {
  if (request?.revision !== revision)
    throw new StaleRequest(
      `Request ${requestId} is at revision ${request?.revision ?? 0}, not ${revision}: no ${change.event}`,
    );
  return changeStatus(request, { ...change, now });
}

/** What one change of status writes: the request, a line of its timeline, a notification for whoever is told, a dispute. */
export const requestItems = (
  tables: RequestTables & Partial<DisputeTables>,
  { before, request, step, notifications, dispute }: ChangedRequest,
): readonly TransactItem[] => [
  updateOf(tables.serviceRequest, before, request),
  putOnce(tables.requestStep, { __typename: MODEL.requestStep, ...step }),
  ...notifications.map((told) => putOnce(tables.notification, { __typename: MODEL.notification, ...told })),
  ...(dispute ? disputeItems(tables, dispute) : []),
];

/** A row that is written once and never again. */
export const putOnce = (table: string, item: Record<string, unknown>): TransactItem => ({
  Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(id)' },
});

/** Writes what differs between two states of a request, on condition that it still is in the first. */
function updateOf(table: string, before: RequestRecord, after: RequestRecord): TransactItem {
  const fields = Object.keys({ ...before, ...after }) as (keyof RequestRecord)[];
  const changed = fields.filter((field) => after[field] !== undefined && after[field] !== before[field]);
  const removed = fields.filter((field) => after[field] === undefined);
  const remove = removed.length > 0 ? ` REMOVE ${removed.map((field) => `#${field}`).join(', ')}` : '';
  const named = new Set([...changed, ...removed, 'status', 'revision', 'pendingEvent']);
  return {
    Update: {
      TableName: table,
      Key: { id: before.id },
      UpdateExpression: `SET ${changed.map((field) => `#${field} = :${field}`).join(', ')}${remove}`,
      ConditionExpression: [
        '#status = :statusBefore',
        '#revision = :revisionBefore',
        before.pendingEvent === undefined
          ? 'attribute_not_exists(#pendingEvent)'
          : '#pendingEvent = :pendingEventBefore',
      ].join(' AND '),
      ExpressionAttributeNames: Object.fromEntries([...named].map((field) => [`#${field}`, field])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(changed.map((field) => [`:${field}`, after[field]])),
        ':statusBefore': before.status,
        ':revisionBefore': before.revision,
        ...(before.pendingEvent !== undefined && { ':pendingEventBefore': before.pendingEvent }),
      },
    },
  };
}
