import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../dev/seeded-random.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { ChaosStack } from './chaos-stack.ts';
import { checkAll } from './checks.ts';
import { Neighbours } from './neighbours.ts';
import type { ChaosRun } from './run-chaos.ts';

/** Milliseconds after the commands within which the stack is killed. */
const LATEST_KILL = 700;
/** Half seconds. */
const PATIENCE = 120;

/** A command that moves hours, and where it leads. */
interface Movement {
  readonly name: string;
  /** Gives the commands that come before it; returns the request. */
  readonly prepare: () => Promise<string>;
  readonly give: (requestId: string) => Promise<unknown>;
  readonly ends: RequestRecord['status'];
  /** Gives back what is still held, so that the hours last for any number of kills. */
  readonly tidy?: (requestId: string) => Promise<unknown>;
}

/** Kills the stack while a release, a refund and a resize run, again and again; each must end as it was asked to. */
export async function runKills(
  seed: number,
  kills: number,
  log: (line: string) => void,
): Promise<ChaosRun & { readonly recovered: number }> {
  const random = seededRandom(seed);
  const stack = await ChaosStack.start(random);
  let recovered = 0;
  try {
    const neighbours = await Neighbours.move(stack.gatewayUrl, random);
    for (let kill = 1; kill <= kills; kill++) {
      const movements = movementsOf(neighbours, kill);
      const ids = await Promise.all(movements.map(({ prepare }) => prepare()));
      const given = movements.map(({ give }, index) => give(ids[index] ?? ''));
      await delay(random() * LATEST_KILL);
      await stack.kill();
      await Promise.all(given);
      const arrived = await Promise.all(
        movements.map(({ give, ends }, index) => untilIn(stack, neighbours, ids[index] ?? '', ends, give)),
      );
      await Promise.all(
        movements.map(async ({ tidy }, index) => {
          if (tidy) await untilIn(stack, neighbours, ids[index] ?? '', 'CANCELLED', tidy);
        }),
      );
      if (arrived.every(Boolean)) recovered += 1;
      else
        log(
          `Kill ${kill}: ${movements
            .filter((_, index) => !arrived[index])
            .map(({ name }) => name)
            .join(', ')} did not end`,
        );
      if (kill % 5 === 0) log(`Recovered ${recovered} of ${kill}`);
    }
    const checks = await checkAll(stack.gatewayUrl, await stack.now(), await neighbours.checkBooks());
    return { faults: stack.faultCounts, heard: neighbours.heard, checks, recovered };
  } finally {
    await stack.stop();
  }
}

/** Each kill meets the next pair of members, so that everybody pays as often as they are paid. */
function movementsOf(neighbours: Neighbours, kill: number): readonly Movement[] {
  const { members } = neighbours;
  const [requester, provider] = [members[kill % members.length], members[(kill + 1) % members.length]];
  if (!requester || !provider) throw new Error('Nobody lives here');
  const status = async (id: string) => (await neighbours.requests()).find((request) => request.id === id);
  const reach = async (id: string, wanted: RequestRecord['status']) => {
    for (let tries = 0; tries < PATIENCE; tries++) {
      const found = await status(id);
      if (found?.status === wanted && found.pendingEvent === undefined) return;
      await delay(200);
    }
    throw new Error(
      `Request ${id} did not reach ${wanted}: it is ${(await status(id))?.status ?? 'unknown'}`,
    );
  };
  const submitted = async () => {
    const id = await neighbours.submit(0.25, requester, provider);
    await reach(id, 'AWAITING_RESPONSE');
    return id;
  };
  const respond = (requestId: string, response: string, args: object = {}) =>
    neighbours.give(provider, 'respondToServiceRequest', { requestId, response, ...args });
  return [
    {
      name: 'the release',
      async prepare() {
        const id = await submitted();
        await respond(id, 'ACCEPT');
        await reach(id, 'IN_PROGRESS');
        await neighbours.give(provider, 'markServiceDelivered', { requestId: id });
        await reach(id, 'COMPLETED');
        return id;
      },
      give: (requestId) => neighbours.give(requester, 'confirmServiceCompletion', { requestId }),
      ends: 'PAID',
    },
    {
      name: 'the refund',
      prepare: submitted,
      give: (requestId) => neighbours.give(requester, 'cancelServiceRequest', { requestId }),
      ends: 'CANCELLED',
    },
    {
      name: 'the resize',
      async prepare() {
        const id = await submitted();
        await respond(id, 'COUNTER_OFFER', { hours: 0.5 });
        await reach(id, 'NEGOTIATING');
        return id;
      },
      give: (requestId) =>
        neighbours.give(requester, 'respondToServiceRequest', { requestId, response: 'ACCEPT' }),
      ends: 'IN_PROGRESS',
      tidy: (requestId) => neighbours.give(provider, 'cancelServiceRequest', { requestId }),
    },
  ];
}

/** Whether a request gets there; its command is given again, for it may have died with the stack. */
async function untilIn(
  stack: ChaosStack,
  neighbours: Neighbours,
  id: string,
  wanted: RequestRecord['status'],
  give: (requestId: string) => Promise<unknown>,
): Promise<boolean> {
  for (let tries = 0; tries < PATIENCE; tries++) {
    const request = (await neighbours.requests()).find((one) => one.id === id);
    if (request?.status === wanted && request.pendingEvent === undefined) return true;
    if (request?.pendingEvent === undefined && tries % 4 === 0) await give(id);
    if (tries % 20 === 19) await stack.advance('PT6M'); // the sweeper comes
    await delay(500);
  }
  return false;
}
