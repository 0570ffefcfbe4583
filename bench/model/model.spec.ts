import { beforeAll, describe, expect, it } from 'vitest';
import { runModel, type ModelRun } from './run.ts';

/** `npm run chaos -- --model` plays a thousand. */
const SEQUENCES = 8;

describe('HourBank does what a small model of it says', () => {
  let run: ModelRun;

  beforeAll(async () => {
    run = await runModel({ seed: 1, sequences: SEQUENCES });
  }, 400_000);

  it('in every sequence: each answer, each row, the books, and an end by the clocks alone', () => {
    expect(run.failure).toBeUndefined();
    expect(run.sequences).toBeGreaterThan(SEQUENCES);
  });

  it('on every row of the life-cycle table', () => {
    expect(run.coverage.missingRows).toEqual([]);
  });

  it('whichever of two racing actors comes first', () => {
    expect(run.coverage.missingPairs).toEqual([]);
  });
});
