import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Vitest leaves one core alone, which on two is half the machine.
    maxWorkers: 2,
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
        },
      },
    ],
  },
});
