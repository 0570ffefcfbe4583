import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The long runs first: begun last, they keep one core waiting. On a fresh clone Vitest has no times to go by. */
class LongRunsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => Number(moduleId.includes('/bench/'));
    return sorted.toSorted((one, other) => isLong(other) - isLong(one));
  }
}

export default defineConfig({
  test: {
    // Vitest leaves one core alone, which on two is half the machine.
    maxWorkers: 2,
    sequence: { sequencer: LongRunsFirst },
    projects: [
      {
        test: {
          name: 'unit',
          pool: 'threads', // starts a fifth faster than processes
          // Handlers log and count on purpose; a test that looks at it says so itself.
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
          include: ['{domain,amplify,workflows,local,dev,bench}/**/*.spec.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The API through the real clients against the embedded AWS, which each file starts for itself.
        test: {
          name: 'api',
          include: ['e2e/api/**/*.spec.ts'],
          globalSetup: 'e2e/api/synthesize.ts',
          testTimeout: 60_000,
          hookTimeout: 180_000,
          fileParallelism: false, // an embedded AWS fills two cores by itself
          isolate: false, // each file starts a house of its own; loading the code anew for each costs 3 s a file
        },
      },
    ],
  },
});
