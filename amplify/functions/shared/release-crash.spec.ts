import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import type { Account, Escrow } from '../../../domain/ledger.ts';
import { hold, release } from '../../../domain/posting.ts';
import { SYSTEM, escrowIdOf, type Actor, type RequestRecord } from '../../../domain/request.ts';
import { NOW, sampleRequest } from '../../../domain/samples.ts';
import type { RequestEvent } from '../../../domain/life-cycle.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { createRequestWriter } from './request-writer.ts';
import { createWaitWriter } from './wait-writer.ts';

const context = { now: NOW };

let database: ScratchDatabase;
beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());

/** The process dies: nothing retries it, the workflow begins the step again. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** A client whose process dies at one of its writes, counted from 0: before it is sent, or after it is done. */
function dyingAt(death: {
  readonly write: number;
  readonly when: 'before' | 'after';
}): DynamoDBDocumentClient {
  let write = -1;
  const send = async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
    const writes = /^(TransactWrite|Update|Put)Command$/.test(command.constructor.name);
    if (writes) write++;
    const dies = writes && write === death.write;
    if (dies && death.when === 'before') throw new Killed();
    const reply = await database.dynamo.send(command);
    if (dies) throw new Killed();
    return reply;
  };
  return Object.assign(Object.create(database.dynamo) as DynamoDBDocumentClient, { send });
}

/** A request that waits for its requester's confirmation, and the two it is between. */
async function delivered(): Promise<RequestRecord> {
  const ledger = createLedgerWriter(database);
  const requests = createRequestWriter(database);
  const [requesterId, providerId] = [crypto.randomUUID(), crypto.randomUUID()];
  await ledger.welcome({ id: requesterId, displayName: 'Ana' }, context);
  await ledger.welcome({ id: providerId, displayName: 'Ben' }, context);
  const submitted = sampleRequest({ id: crypto.randomUUID(), requesterId, providerId });
  await requests.submit(submitted);
  const move = async ({ id, revision }: RequestRecord, event: RequestEvent, actor: Actor = SYSTEM) =>
    (await requests.changeStatus({ requestId: id, revision, event, actor }, NOW)).request;
  const validating = await move(submitted, 'START_VALIDATION');
  const { request: held } = await ledger.post(
    hold({
      escrowId: escrowIdOf(submitted.id),
      requestId: submitted.id,
      fromUserId: requesterId,
      toUserId: providerId,
      hours: submitted.amount,
    }),
    context,
    { requestId: submitted.id, revision: validating.revision, event: 'HOLD_HOURS', actor: SYSTEM },
  );
  if (!held) throw new Error('Nothing was held');
  const provider: Actor = { id: providerId, role: 'PROVIDER' };
  const accepted = await move(await move(held, 'TELL_PROVIDER'), 'ACCEPT', provider);
  return move(await move(accepted, 'START_WORK'), 'DELIVERED', provider);
}

/** Everything from the requester's confirmation to PAID, as its three steps do it. Every write has its name here. */
const STEPS = {
  confirm: (dynamo: DynamoDBDocumentClient, request: RequestRecord) =>
    createWaitWriter({ ...database, dynamo }).command({
      requestId: request.id,
      memberId: request.requesterId,
      event: 'CONFIRM',
      commandId: 'confirmation',
      now: NOW,
    }),
  'mark RELEASING': (dynamo: DynamoDBDocumentClient, request: RequestRecord) =>
    createLedgerWriter({ ...database, dynamo }).begin(escrowIdOf(request.id), 'RELEASING', NOW),
  'post the release': async (dynamo: DynamoDBDocumentClient, request: RequestRecord) => {
    const ledger = createLedgerWriter({ ...database, dynamo });
    const escrow = await ledger.escrow(escrowIdOf(request.id));
    if (!escrow) throw new Error('Nothing is held');
    const actor = { id: request.requesterId, role: 'REQUESTER' } as const;
    const { id: requestId, revision } = request;
    return ledger.post(release(escrow), context, { requestId, revision, event: 'CONFIRM', actor });
  },
} as const;
type StepName = keyof typeof STEPS;
const NAMES = Object.keys(STEPS) as StepName[];

const deaths = NAMES.flatMap((step) => (['before', 'after'] as const).map((when) => ({ when, step })));

describe('a release whose process is killed', () => {
  it.each(deaths)('$when its write "$step" is paid once in the end', async ({ when, step }) => {
    const request = await delivered();
    for (const name of NAMES) {
      const run = (dynamo: DynamoDBDocumentClient) => STEPS[name](dynamo, request);
      if (name === step) await expect(run(dyingAt({ write: 0, when }))).rejects.toBeInstanceOf(Killed);
      // Begun again by the workflow; a member's command was done, or is given again and refused as done.
      await run(database.dynamo).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'ALREADY_ANSWERED' });
        expect({ name, when }).toEqual({ name: 'confirm', when: 'after' });
      });
    }
    await expectPaidOnce(request);
  });

  it('is one write in each of its steps, so that no other death exists', async () => {
    const request = await delivered();
    for (const name of NAMES) await STEPS[name](dyingAt({ write: 1, when: 'before' }), request);
    await expectPaidOnce(request);
  });
});

async function expectPaidOnce(request: RequestRecord): Promise<void> {
  expect(await database.breaches()).toEqual([]);
  const accounts = await database.rows<Account>('userBalance');
  const accountOf = (userId: string) => accounts.find((account) => account.userId === userId);
  expect(accountOf(request.requesterId)).toMatchObject({
    totalBalance: 8,
    availableBalance: 8,
    escrowedBalance: 0,
  });
  expect(accountOf(request.providerId)).toMatchObject({ totalBalance: 12, availableBalance: 12 });
  const escrows = await database.rows<Escrow>('escrow');
  expect(escrows.find(({ requestId }) => requestId === request.id)).toMatchObject({
    status: 'RELEASED',
    releasedAmount: 2,
    refundedAmount: 0,
  });
  const rows = await database.rows<RequestRecord>('serviceRequest');
  const paid = rows.find(({ id }) => id === request.id);
  expect(paid).toMatchObject({ status: 'PAID', revision: request.revision + 1 });
  expect(paid).not.toHaveProperty('pendingEvent');
  const told = await database.rows<{ requestId: string; kind: string }>('notification');
  expect(
    told.filter(({ requestId, kind }) => requestId === request.id && kind === 'HOURS_RECEIVED'),
  ).toHaveLength(1);
}
