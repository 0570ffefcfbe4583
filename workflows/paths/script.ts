import { everyState, type Definition, type State } from '../asl-lint.ts';
import { fails, type Path, type Turn } from './path.ts';
import { retrierFor, triesOf } from './retrier.ts';

/** The turns of a path, handed out one by one as its tasks are tried. */
export class Script {
  private readonly turns: ReadonlyMap<string, Turn[]>;
  private readonly unscripted: string[] = [];

  constructor({ tasks }: Path, definition: Definition) {
    const states = new Map(everyState(definition));
    this.turns = new Map(
      Object.entries(tasks).map(([name, turns]) => [
        name,
        turns.flatMap((turn) => everyTry(turn, states.get(name))),
      ]),
    );
  }

  /** A task that the path does not tell of fails with an error that nothing retries. */
  next(state: string): Turn {
    const turn = this.turns.get(state)?.shift();
    if (turn) return turn;
    this.unscripted.push(`${state} is tried once more than the path tells`);
    return fails('Paths.NotTold');
  }

  /** Where the execution and the path part. */
  get mismatches(): readonly string[] {
    const left = [...this.turns].filter(([, turns]) => turns.length > 0);
    return [
      ...this.unscripted,
      ...left.map(([state, { length }]) => `${state} is tried less often than the path tells, by ${length}`),
    ];
  }
}

function everyTry(turn: Turn, state: State | undefined): readonly Turn[] {
  if (turn.does === 'succeed' || turn.tries === 'one') return [turn];
  const retrier = state && retrierFor(turn.does === 'hang' ? 'States.Timeout' : turn.error, state);
  return Array.from({ length: retrier ? triesOf(retrier) : 1 }, () => ({ ...turn, tries: 'one' }));
}
