import { defineConfig } from 'vitest/config';

/** The tests of `domain/` alone, as the mutation tests run them. */
export default defineConfig({ test: { include: ['domain/**/*.spec.ts'], testTimeout: 30_000 } });
