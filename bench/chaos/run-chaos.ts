import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../dev/seeded-random.ts';
import { ChaosStack } from './chaos-stack.ts';
import { checkAll, stranded, type Check } from './checks.ts';
import { counted } from './counted.ts';
import { Neighbours } from './neighbours.ts';

export interface ChaosRun {
  readonly faults: Readonly<Record<string, number>>;
  readonly heard: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
}

/** Members who act side by side. */
const LANES = 4;
const MOST_REQUESTS = 400;
/** Milliseconds between two kills, at least and at most. */
const KILL = { soonest: 15_000, latest: 45_000 };
/** Tries, each after the clock has moved past a sweep and a pause between two redrives. */
const RECOVERY = 60;

/** Members act while everything goes wrong; then nothing does any more, and everything is checked. */
export async function runChaos(
  seed: number,
  minutes: number,
  log: (line: string) => void,
): Promise<ChaosRun> {
  const random = seededRandom(seed);
  const stack = await ChaosStack.start(random);
  try {
    const neighbours = await Neighbours.move(stack.gatewayUrl, random);
    log(`${neighbours.members.length} members have joined; faults for ${minutes} minutes from seed ${seed}`);
    await stack.unleash();
    const end = Date.now() + minutes * 60_000;
    await Promise.all([
      killing(stack, random, end, log),
      passing(stack, random, end),
      ...Array.from({ length: LANES }, () => acting(neighbours, end)),
    ]);
    stack.calm();
    log('No more faults: recovering');
    const now = await recover(stack, neighbours);
    return {
      faults: stack.faultCounts,
      heard: neighbours.heard,
      checks: await checkAll(stack.gatewayUrl, now, await neighbours.checkBooks()),
    };
  } finally {
    await stack.stop();
  }
}

async function acting(neighbours: Neighbours, end: number): Promise<void> {
  while (Date.now() < end) {
    const known = await neighbours.requests();
    if (known.length < MOST_REQUESTS) await neighbours.act();
    else await delay(500);
    await delay(20);
  }
}

async function killing(
  stack: ChaosStack,
  random: () => number,
  end: number,
  log: (line: string) => void,
): Promise<void> {
  for (;;) {
    const pause = KILL.soonest + random() * (KILL.latest - KILL.soonest);
    if (Date.now() + pause > end) return;
    await delay(pause);
    await stack.kill();
    log(`Killed, and started again: ${counted(stack.faultCounts)}`);
  }
}

/** The clock goes on by hours and days, so that deadlines pass meanwhile. */
async function passing(stack: ChaosStack, random: () => number, end: number): Promise<void> {
  while (Date.now() < end) {
    await delay(4000);
    await stack.advance(random() < 0.1 ? 'PT49H' : 'PT6M').catch(() => undefined); // the stack is being killed
  }
}

/** The sweeper does its work. Returns the time of the stack when nothing is stranded, or when patience ends. */
export async function recover(stack: ChaosStack, neighbours: Neighbours): Promise<string> {
  for (let tries = 0; tries < RECOVERY; tries++) {
    await stack.advance('PT11M');
    await delay(1500);
    const requests = await neighbours.requests();
    if (requests.length > 0 && stranded(requests, await stack.now()).length === 0) break;
  }
  return stack.now();
}
