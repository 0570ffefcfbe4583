import { describe, expect, it, vi } from 'vitest';
import type { LogEntry } from '../../../domain/ledger.ts';
import { message } from '../../../domain/message.ts';
import { NOW, REQUESTER_ID, sampleRequest } from '../../../domain/samples.ts';
import {
  accountNotice,
  adminHint,
  balanceHints,
  emitter,
  memberConfirmed,
  messageHint,
  postingHint,
  quietly,
  requestHint,
  reviewHint,
} from './events.ts';

const entry = (userId: string) =>
  ({ id: `t#${userId}`, transactionId: 't', userId, amount: 1, heldDelta: 0 }) as LogEntry;

describe('a hint', () => {
  it('names request and revision, and has every field though the row has not', () => {
    expect(requestHint(sampleRequest({ revision: 4 }), NOW).Detail).toEqual({
      eventId: `${sampleRequest().id}#4`,
      kind: 'REQUEST',
      requestId: sampleRequest().id,
      revision: 4,
      status: 'INITIATED',
      pendingEvent: '',
      requesterId: sampleRequest().requesterId,
      providerId: sampleRequest().providerId,
      at: NOW,
      stepFunctionExecutionArn: '',
    });
  });

  it('of hours goes to members, not to the treasury', () => {
    const hints = balanceHints([entry('treasury-3'), entry('member')], undefined, NOW);
    expect(hints.map(({ Detail }) => Detail)).toEqual([
      expect.objectContaining({ userId: 'member', kind: 'BALANCE', requestId: '', revision: 0 }),
    ]);
  });

  it('for admins says what it is about, and nothing more', () => {
    const { id, revision } = sampleRequest({ revision: 7 });
    const matter = {
      source: 'hourbank.disputes',
      eventId: 'dispute-1#OPEN',
      request: { id, revision },
    } as const;
    expect(adminHint(matter, NOW)).toEqual({
      Source: 'hourbank.disputes',
      DetailType: 'Admin Notice',
      Detail: {
        eventId: 'dispute-1#OPEN',
        kind: 'NOTIFICATION',
        requestId: id,
        revision: 7,
        at: NOW,
        stepFunctionExecutionArn: '',
      },
    });
  });

  it('has no field that is undefined: a missing one breaks a transformer', () => {
    const hints = [
      requestHint(sampleRequest(), NOW),
      ...balanceHints([entry('member')], undefined, NOW),
      messageHint(message(sampleRequest(), REQUESTER_ID, { id: 'm', text: '-' }, NOW), sampleRequest(), NOW),
      reviewHint(sampleRequest(), NOW),
      postingHint([entry('member')], NOW),
      memberConfirmed('member', 'Ana', NOW),
      adminHint({ source: 'hourbank.balances', eventId: 'adjustment-1#DONE' }, NOW),
      accountNotice('member', 'adjustment-1', NOW),
    ];
    for (const { Detail } of hints) expect(Object.values(Detail)).not.toContain(undefined);
  });
});

describe('the emitter', () => {
  const hint = memberConfirmed('member', 'Ana', NOW);

  it('puts all hints on the bus at once', async () => {
    const send = vi.fn().mockResolvedValue({ FailedEntryCount: 0 });
    await emitter('bus', { send })(hint, hint);
    expect(send).toHaveBeenCalledOnce();
    expect(send.mock.calls[0]?.[0]).toMatchObject({
      input: {
        Entries: [
          { EventBusName: 'bus', Source: 'hourbank.balances', DetailType: 'Member Confirmed' },
          { Detail: JSON.stringify(hint.Detail) },
        ],
      },
    });
  });

  it('fails when the bus took the call and refused an event', async () => {
    const emit = emitter('bus', { send: vi.fn().mockResolvedValue({ FailedEntryCount: 1 }) });
    await expect(emit(hint)).rejects.toMatchObject({ name: 'ServiceFault' });
  });

  it('fails no command of a member', async () => {
    const emit = vi.fn().mockRejectedValue(new Error('no bus'));
    await expect(quietly(emit)(hint)).resolves.toBeUndefined();
    expect(emit).toHaveBeenCalledWith(hint);
  });
});
