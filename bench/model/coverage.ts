import { TRANSITIONS, type RequestEvent, type Status } from '../../domain/life-cycle.ts';
import type { RequestStepRecord } from '../../domain/request.ts';
import { WAITS } from '../../domain/deadlines.ts';

type Named = Pick<RequestStepRecord, 'status' | 'event' | 'actorRole'>;

/** Roles that a row's mover stands for. */
const MOVERS: Readonly<Record<string, readonly string[]>> = {
  TURN: ['REQUESTER', 'PROVIDER'],
  BOTH: ['REQUESTER', 'PROVIDER'],
};
const rolesOf = (by: string) => MOVERS[by] ?? [by];

/** Every row of the life-cycle table, once for each status that it leaves and each role that may bring it about. */
const ROWS: readonly string[] = TRANSITIONS.flatMap(({ from, event, by }) =>
  from.flatMap((start) => rolesOf(by).map((role) => rowName(start, event, role))),
);

function rowName(from: string, event: RequestEvent, role: string): string {
  return `${from} ${event} by ${role}`;
}

/** Who may end a wait, and how: `PROVIDER ACCEPT`; with a turn, one list for each. */
function moversIn(status: Status): readonly (readonly string[])[] {
  const rows = TRANSITIONS.filter(
    ({ from, by, insteadOf }) => from.includes(status) && by !== 'SYSTEM' && !insteadOf,
  );
  const turns = rows.some(({ by }) => by === 'TURN') ? ['REQUESTER', 'PROVIDER'] : ['NOBODY'];
  return turns.map((turn) =>
    rows.flatMap(({ by, event }) => (by === 'TURN' ? [turn] : rolesOf(by)).map((role) => `${role} ${event}`)),
  );
}

const roleIn = (mover: string) => mover.slice(0, mover.indexOf(' '));

/** The other side proposed a settlement, so the two parties never agree to the same one. */
const cannotMeet = (a: string, b: string) => a.includes('SETTLE_') && b.includes('SETTLE_');

/** Every two actors that can race for one wait, in the order in which they come. */
const PAIRS: readonly string[] = [
  ...new Set(
    (Object.keys(WAITS) as Status[]).flatMap((status) =>
      moversIn(status).flatMap((movers) =>
        movers.flatMap((first) =>
          movers
            .filter((second) => roleIn(first) !== roleIn(second) && !cannotMeet(first, second))
            .map((second) => pairName(status, first, second)),
        ),
      ),
    ),
  ),
];

function pairName(status: string, first: string, second: string): string {
  return `${status}: ${first} before ${second}`;
}

/** What all sequences together have executed. */
export class Coverage {
  private readonly rows = new Set<string>();
  private readonly pairs = new Set<string>();

  /** The timeline of one request, in order. */
  addTimeline(steps: readonly Named[]): void {
    let from = 'NEW';
    for (const { event, actorRole, status } of steps) {
      this.rows.add(rowName(from, event, actorRole));
      from = status;
    }
  }

  addRace(status: string, winner: string, loser: string): void {
    this.pairs.add(pairName(status, winner, loser));
  }

  get missingRows(): readonly string[] {
    return ROWS.filter((row) => !this.rows.has(row));
  }

  get missingPairs(): readonly string[] {
    return PAIRS.filter((pair) => !this.pairs.has(pair));
  }

  get summary(): string {
    const met = (all: readonly string[], missing: readonly string[]) =>
      `${all.length - missing.length} of ${all.length}`;
    return `${met(ROWS, this.missingRows)} rows of the life cycle, ${met(PAIRS, this.missingPairs)} pairs of racing actors`;
  }

  /** Every pair, with its status and the movers in their order. */
  static readonly pairs = PAIRS.map((name) => {
    const [status = '', rest = ''] = name.split(': ');
    const [first = '', second = ''] = rest.split(' before ');
    return { name, status: status as Status, first, second };
  });
}
