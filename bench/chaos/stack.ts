// The whole stack as a process of its own, so that it can be killed; `bench/chaos.ts` starts it and tells it what to do.
import { setTimeout as delay } from 'node:timers/promises';
import { openHouse } from '../../dev/house.ts';
import { seededRandom } from '../../dev/seeded-random.ts';
import { STACK_FAULTS, type FromStack, type StackFault, type StackOrders } from './stack-faults.ts';

const orders = JSON.parse(process.argv[2] ?? '{}') as StackOrders; // written by our parent
const random = seededRandom(orders.seed);
let faults = orders.faults;

const tell = (message: FromStack) => process.send?.(message);

function strikes(fault: StackFault): boolean {
  if (!faults || random() >= STACK_FAULTS[fault]) return false;
  tell({ kind: 'STRUCK', fault });
  return true;
}

/** Milliseconds within which a function that is to crash midway does so. */
const MIDWAY = 60;
/** Milliseconds by which an event may be late. */
const LATE = 3000;

process.on('message', () => {
  faults = false; // all that our parent ever says
});
process.on('disconnect', () => process.exit(1));

try {
  await openHouse({
    storage: { directory: orders.directory },
    gatewayPort: orders.gatewayPort,
    lambda: {
      async onInvoke({ crash }, run) {
        if (strikes('crashBefore')) throw new Error('Crashed before its first write (injected)');
        const lost = strikes('crashAfter');
        const running = run();
        if (strikes('crashMidway')) setTimeout(crash, random() * MIDWAY);
        const outcome = await running;
        if (lost) throw new Error('Crashed after its last write (injected)');
        return outcome;
      },
    },
    events: {
      async onDeliver(_event, deliver) {
        if (strikes('eventLate')) await delay(random() * LATE);
        if (strikes('eventTwice')) await deliver();
        await deliver();
      },
    },
  });
  tell({ kind: 'READY' });
} catch (error) {
  tell({ kind: 'FAILED', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exitCode = 1;
}
