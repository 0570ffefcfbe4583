import { defineConfig } from 'vitest/config';

/** The tests of `domain/` alone, as the mutation tests run them. Pure functions share a worker: that takes half the time. */
export default defineConfig({
  test: { include: ['domain/**/*.spec.ts'], testTimeout: 30_000, isolate: false },
});
