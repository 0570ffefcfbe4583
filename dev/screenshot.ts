// `npm run screenshot`: makes the README's picture anew, from the app as it is.
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { act, ask, nowLine, signedIn } from '../e2e/visitor.ts';
import { ensureAppBuilt } from './app.ts';
import { findBrowser } from './browser.ts';
import { inviteDemoMembers } from './demo.ts';
import { ROOT } from './fingerprint.ts';
import { openHouse } from './house.ts';
import { ensureSynthesized } from './synth.ts';

const FILE = join(ROOT, 'docs', 'request.png');
const VIEW = {
  viewport: { width: 1200, height: 760 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
} as const;

await Promise.all([ensureSynthesized(), ensureAppBuilt()]);
const house = await openHouse({ storage: 'temporary', appPort: 0 });
await inviteDemoMembers(house);
const browser = await chromium.launch(await findBrowser());
const appUrl = house.appUrl ?? '';

const requester = await signedIn(browser, appUrl, 'requester', VIEW);
const provider = await signedIn(browser, appUrl, 'provider', VIEW);
await ask(requester, 'Bicycle tune-up', '2');
await provider.getByRole('link', { name: /^Requests/ }).click();
await provider.getByRole('region', { name: 'Waiting for you' }).getByRole('link').first().click();
await act(provider, 'Accept', 'Accept');
await act(provider, 'It is done', 'Yes, it is done');
await nowLine(requester).getByText('says it is done').waitFor();
await requester.locator('mat-snack-bar-container').waitFor({ state: 'detached' });
await requester.screenshot({ path: FILE });

await browser.close();
await house.stop();
console.log(`Written: ${FILE}`);
