import * as fc from 'fast-check';
import { Bank } from '../../dev/bank/bank.ts';
import { startScratchDatabase, type ScratchDatabase } from '../../dev/scratch-database.ts';
import { Coverage } from './coverage.ts';
import { DIRECTED } from './directed.ts';
import { Play } from './play.ts';
import { sequence, type Step } from './step.ts';

export interface ModelRun {
  readonly sequences: number;
  readonly steps: number;
  readonly longest: number;
  /** Of the first failure: seed, path and the shortest sequence; undefined where there was none. */
  readonly failure?: string;
  readonly coverage: Coverage;
}

export interface ModelRunOptions {
  readonly seed: number;
  /** Random sequences, beside the directed ones. */
  readonly sequences: number;
  readonly onProgress?: (done: number) => void;
}

/** Plays the directed sequences and so many random ones. Never throws for a mismatch. */
export async function runModel({ seed, sequences, onProgress }: ModelRunOptions): Promise<ModelRun> {
  const database = await startScratchDatabase();
  const banks = new Banks(database);
  const coverage = new Coverage();
  const lengths: number[] = [];
  const play = async (steps: readonly Step[]) => {
    lengths.push(steps.length);
    await banks.use((bank) => Play.run(bank, coverage, steps));
    onProgress?.(lengths.length);
  };
  try {
    const failure = (await playDirected(play)) ?? (await playRandom(play, seed, sequences));
    return {
      sequences: lengths.length,
      steps: lengths.reduce((sum, length) => sum + length, 0),
      longest: Math.max(...lengths),
      ...(failure !== undefined && { failure }),
      coverage,
    };
  } finally {
    banks.close();
    await database.stop();
  }
}

async function playDirected(play: (steps: readonly Step[]) => Promise<void>): Promise<string | undefined> {
  for (const [index, steps] of DIRECTED.entries())
    try {
      await play(steps);
    } catch (error) {
      return `Directed sequence ${index + 1}:\n${messageOf(error)}`;
    }
  return undefined;
}

async function playRandom(
  play: (steps: readonly Step[]) => Promise<void>,
  seed: number,
  numRuns: number,
): Promise<string | undefined> {
  if (numRuns === 0) return undefined;
  const found = await fc.check(fc.asyncProperty(sequence, play), { seed, numRuns, endOnFailure: false });
  if (!found.failed) return undefined;
  return [
    `Seed ${found.seed}, path ${found.counterexamplePath ?? ''}; the shortest sequence, after ${found.numShrinks} shorter ones:`,
    messageOf(found.errorInstance),
  ].join('\n');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One bank for sequence after sequence, on an empty database each time; a new one after a failure. */
class Banks {
  private readonly database: ScratchDatabase;
  private bank: Bank | undefined;

  constructor(database: ScratchDatabase) {
    this.database = database;
  }

  async use(play: (bank: Bank) => Promise<unknown>): Promise<void> {
    const bank = (this.bank ??= new Bank(this.database));
    try {
      await play(bank);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      await this.database.clear();
    }
  }

  close(): void {
    this.bank?.close();
    this.bank = undefined;
  }
}
