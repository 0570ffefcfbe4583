import { AwsServiceError, type AwsOperation } from '../../gateway/aws-service.ts';
import type { Engine } from '../engine/engine.ts';
import type { Journal } from '../journal/journal.ts';
import type { HistoryEvent } from '../journal/records.ts';
import { answering, executionArnOf, flag, pageOf, pageOut } from './input.ts';

interface Dependencies {
  readonly engine: Engine;
  readonly journal: Journal;
}

/** Members of an event's details that `includeExecutionData: false` leaves out. */
const EXECUTION_DATA = new Set(['input', 'output', 'parameters', 'assignedVariables']);

export function historyOperation({ engine, journal }: Dependencies): Record<string, AwsOperation> {
  return {
    GetExecutionHistory: {
      permissions: (input) => [
        { action: 'states:GetExecutionHistory', resource: String(input['executionArn']) },
      ],
      run: answering((input) => {
        const arn = executionArnOf(input);
        if (!engine.find(arn))
          throw new AwsServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
        const page = pageOf(input);
        const withData = flag(input, 'includeExecutionData', true);
        const found = journal.events(arn, page.limit + 1, page.offset, flag(input, 'reverseOrder', false));
        const { items, nextToken } = pageOut(found, page);
        return {
          events: items.map((event) => shown(event, withData)),
          ...(nextToken !== undefined && { nextToken }),
        };
      }),
    },
  };
}

function shown(event: HistoryEvent, withData: boolean): Record<string, unknown> {
  const { id, previousEventId, timestamp, type, member, details = {} } = event;
  const kept = Object.entries(details).filter(([name]) => withData || !EXECUTION_DATA.has(name));
  return {
    timestamp: timestamp / 1000,
    type,
    id,
    previousEventId,
    ...(member !== undefined && { [member]: Object.fromEntries(kept) }),
  };
}
