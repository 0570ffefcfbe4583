import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startChaosProxy } from '../../../dev/chaos-proxy.ts';
import { connectTo, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { parseHours } from '../../../domain/hours.ts';
import { hold, refund, release } from '../../../domain/posting.ts';
import { CLOCK, SYSTEM, escrowIdOf, type Actor, type RequestRecord } from '../../../domain/request.ts';
import { NOW, sampleRequest } from '../../../domain/samples.ts';
import type { RequestEvent } from '../../../domain/life-cycle.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { createRequestWriter } from './request-writer.ts';

const MEMBERS = 4;
const WORKERS = 6;
const REQUESTS_EACH = 4;

let database: ScratchDatabase;
beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());

/** A reproducible source of chance: mulberry32. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const twice = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the ledger under conflicts, lost replies and duplicates', () => {
  it('keeps the books clean while members ask, pay and fail all at once', async () => {
    const seed = Number(process.env['SEED'] ?? fc.sample(fc.integer({ min: 0 }), 1)[0]);
    const chance = chanceOf(seed);
    const faults = { conflict: 0.25, lostReply: 0.15, duplicate: 0.15 };
    const proxy = await startChaosProxy(database.endpoint, faults, chance);
    const dynamo = connectTo(proxy.endpoint);
    // Waits are the backoff's own business (retry.spec.ts): here the clash is what counts.
    const backoff = { attempts: 60, base: 2, longest: 20, random: chance, sleep: pause };
    const ledger = createLedgerWriter({ dynamo, tables: database.tables, backoff });
    const requests = createRequestWriter({ dynamo, tables: database.tables, backoff });
    const oneOf = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)] as Item;
    const members = Array.from({ length: MEMBERS }, () => crypto.randomUUID());
    const context = { now: NOW };
    await Promise.all(
      members.flatMap((id) => [1, 2].map(() => ledger.welcome({ id, displayName: 'Ana' }, context))),
    );

    let ended = 0;
    async function live(): Promise<void> {
      const requesterId = oneOf(members);
      const providerId = oneOf(members.filter((member) => member !== requesterId));
      const amount = parseHours(0.25 * (1 + Math.floor(chance() * 24)));
      const requester: Actor = { id: requesterId, role: 'REQUESTER' };
      const provider: Actor = { id: providerId, role: 'PROVIDER' };
      const submitted = sampleRequest({ id: crypto.randomUUID(), requesterId, providerId, amount });
      await requests.submit(submitted);
      const move = async ({ id, revision }: RequestRecord, event: RequestEvent, actor: Actor = SYSTEM) =>
        (await requests.changeStatus({ requestId: id, revision, event, actor }, NOW)).request;
      const validating = await move(submitted, 'START_VALIDATION');
      const hours = { fromUserId: requesterId, toUserId: providerId, hours: amount };
      const posting = hold({ escrowId: escrowIdOf(submitted.id), requestId: submitted.id, ...hours });
      const change = { requestId: submitted.id, revision: 2, event: 'HOLD_HOURS', actor: SYSTEM } as const;
      const held = await ledger.post(posting, context, change).catch(async (error: unknown) => {
        expect(error).toMatchObject({ code: 'INSUFFICIENT_HOURS' });
        await move(validating, 'REFUSE');
      });
      if (!held?.escrow || !held.request) return;
      const { escrow } = held;
      const told = await move(held.request, 'TELL_PROVIDER');
      const accepted = await move(told, 'ACCEPT', provider);
      const working = await move(accepted, 'START_WORK');
      const done = await move(working, 'DELIVERED', provider);
      const end = (event: RequestEvent, actor: Actor) => ({
        requestId: done.id,
        revision: done.revision,
        event,
        actor,
      });
      const endings = await Promise.allSettled([
        ledger.post(release(escrow), context, end('CONFIRM', requester)),
        ledger.post(release(escrow), context, end('CONFIRM', requester)),
        ledger.post(release(escrow), context, end('TIMEOUT', CLOCK)),
        ledger.post(refund(escrow), context, end('SYSTEM_FAILURE', SYSTEM)),
      ]);
      expect(endings.some(({ status }) => status === 'fulfilled')).toBe(true);
      ended++;
    }
    await Promise.all(
      Array.from({ length: WORKERS }, async () => {
        for (let each = 0; each < REQUESTS_EACH; each++) await live();
      }),
    );
    dynamo.destroy();
    await proxy.stop();

    expect(await database.breaches(), `seed ${seed}`).toEqual([]);
    expect(ended, `seed ${seed}`).toBeGreaterThan(0);
    expect(proxy.struck.conflict, `seed ${seed}`).toBeGreaterThan(0);
    expect(proxy.struck.lostReply, `seed ${seed}`).toBeGreaterThan(0);
    expect(proxy.struck.duplicate, `seed ${seed}`).toBeGreaterThan(0);
    const requestRows = await database.rows<RequestRecord>('serviceRequest');
    expect(requestRows).toHaveLength(WORKERS * REQUESTS_EACH);
    expect(requestRows.filter(({ status }) => !['PAID', 'CANCELLED', 'REJECTED'].includes(status))).toEqual(
      [],
    );
  }, 60_000);
});

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
