import { defineConfig } from '@playwright/test';
import { findBrowser } from './dev/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  // One embedded AWS serves all tests, each with members of its own; a moved clock moves for everybody.
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    launchOptions: await findBrowser(),
    screenshot: 'only-on-failure',
    trace: 'off', // keeping one costs a third of the time; `npx playwright test --trace on` to look at a failure
    locale: 'en-GB',
  },
});
