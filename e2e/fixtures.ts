import { expect, test as base } from '@playwright/test';
import { ensureAppBuilt } from '../dev/app.ts';
import { breachesOf } from '../dev/books.ts';
import { inviteDemoMembers } from '../dev/demo.ts';
import { openHouse } from '../dev/house.ts';
import type { House } from '../dev/house.ts';
import { ensureSynthesized } from '../dev/synth.ts';

/** Tests of the app in a real browser, on an embedded backend with the demo members. */
export const test = base.extend<{ cleanBooks: undefined }, { house: House; appUrl: string }>({
  house: [
    async ({ browserName: _browserName }, use) => {
      await Promise.all([ensureSynthesized(), ensureAppBuilt()]);
      const house = await openHouse({ storage: 'temporary', appPort: 0 });
      await inviteDemoMembers(house);
      await use(house);
      await house.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  appUrl: [
    async ({ house }, use) => {
      await use(house.appUrl ?? '');
    },
    { scope: 'worker' },
  ],
  /** Whatever a test did: every rule of the ledger holds after it, once what moves hours has come to rest. */
  cleanBooks: [
    async ({ house }, use) => {
      await use(undefined);
      await expect.poll(() => breachesOf(house.gatewayUrl)).toEqual([]);
    },
    { auto: true },
  ],
  baseURL: async ({ appUrl }, use) => {
    await use(appUrl);
  },
});
