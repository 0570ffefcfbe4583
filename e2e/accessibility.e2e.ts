import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page, Request } from '@playwright/test';
import { test } from './fixtures.ts';
import { act, ask, nowLine, PICTURE, signedIn } from './visitor.ts';

/** Less than half of what AxeBuilder would send to every page. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Axe judges colours as they stand: it must not meet a message that is halfway faded in or out. */
const STILL = { reducedMotion: 'reduce' } as const;

const FACES = [
  {
    face: 'desktop, light',
    options: { ...STILL, viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  },
  { face: 'phone, dark', options: { ...STILL, viewport: { width: 390, height: 844 }, colorScheme: 'dark' } },
] as const;

for (const { face, options } of FACES) {
  test(`axe finds nothing on the pages of a visitor (${face})`, async ({ browser, appUrl }) => {
    const page = await (await browser.newContext({ baseURL: appUrl, ...options })).newPage();
    for (const path of ['/', '/sign-in', '/sign-up', '/confirm', '/forgot-password', '/reset-password']) {
      await page.goto(path);
      await expectNoViolations(page);
    }
  });

  test(`axe finds nothing on the pages of a member (${face})`, async ({ browser, appUrl }) => {
    const page = await signedIn(browser, appUrl, 'requester', options);
    await expectNoViolations(page);
    await ask(page, 'Piano lessons for beginners', '0.25');
    await expect(nowLine(page)).toContainText('has time to answer');
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Not now' }).click();
    await act(page, 'Withdraw', 'Withdraw');
    await expect(nowLine(page)).toContainText('It was called off.');
    for (const path of [
      '/requests',
      '/wallet',
      '/notifications',
      '/members/me',
      '/offers/mine',
      '/offers/new',
      '/nowhere',
    ]) {
      await page.goto(path);
      await expectNoViolations(page);
    }
    await page.goto('/offers');
    await page.getByRole('link', { name: 'Bicycle tune-up' }).click();
    await expectNoViolations(page);
    await page.getByRole('link', { name: 'Ask for it' }).click();
    await expectNoViolations(page);
    await page.goto('/offers');
    await page.getByRole('link', { name: 'Bicycle tune-up' }).click();
    await page.getByRole('link', { name: 'Paul Okafor' }).click();
    await expectNoViolations(page);
  });

  test(`axe finds nothing on the pages of a negotiation, a dispute and an admin (${face})`, async ({
    browser,
    appUrl,
  }) => {
    const requester = await signedIn(browser, appUrl, 'requester', options);
    const provider = await signedIn(browser, appUrl, 'provider', options);
    const admin = await signedIn(browser, appUrl, 'admin', options);

    await ask(requester, 'Help in the garden', '0.25');
    await expect(nowLine(requester)).toContainText('has time to answer');
    await requester.getByLabel('Message to Paul Okafor').fill('The gate is open.');
    await requester.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(requester.getByText('The gate is open.')).toBeVisible();
    await provider.goto(requester.url());
    await provider.getByRole('button', { name: 'Make a counter-offer' }).click();
    await expectNoViolations(provider);
    await provider.getByRole('dialog').getByLabel('Hours', { exact: true }).fill('0.5');
    await provider.getByRole('dialog').getByRole('button', { name: 'Send the offer' }).click();
    await expect(requester.getByRole('region', { name: 'The offer on the table' })).toBeVisible();
    await requester.getByText('What was on the table before').click();
    await expectNoViolations(requester);
    await act(requester, 'Accept', 'Accept');
    await expect(nowLine(provider)).toContainText('The work is yours now.');

    await provider.getByRole('link', { name: 'Open a dispute' }).click();
    await expectNoViolations(provider);
    await provider.getByRole('radio').first().check();
    await provider.getByLabel('What happened?').fill('There is no hedge.');
    await provider.getByRole('button', { name: 'Open the dispute' }).click();
    const upload = await held(provider, (request) => request.method() === 'PUT');
    await provider.getByLabel('Files to add').setInputFiles([
      { name: 'hedge.txt', mimeType: 'text/plain', buffer: Buffer.from('No hedge.') },
      { name: 'hedge.png', mimeType: 'image/png', buffer: PICTURE },
    ]);
    await expect(provider.getByText('Being sent…')).toBeVisible();
    await expectNoViolations(provider);
    upload.release();
    await expect(provider.getByRole('progressbar')).toHaveCount(0);
    await provider.getByRole('button', { name: 'Propose this' }).click();
    await expect(provider.getByText('You proposed')).toBeVisible();
    await expectNoViolations(provider);
    await requester.goto(provider.url());
    await expectNoViolations(requester);

    await admin.goto('/admin/disputes');
    await expectNoViolations(admin);
    await admin.getByRole('link', { name: /Help in the garden/ }).click();
    await expectNoViolations(admin);
    await admin.getByRole('radio', { name: /Pay/ }).check();
    await admin.getByRole('button', { name: 'Decide' }).click();
    await expectNoViolations(admin);
    await admin.getByRole('dialog').getByRole('button', { name: /Pay/ }).click();
    await expect(admin.getByRole('heading', { name: 'How it ended' })).toBeVisible();
    await expectNoViolations(admin);

    await provider.getByRole('link', { name: 'See the request' }).click();
    await expect(provider.getByRole('group', { name: /^How was it with/ })).toBeVisible();
    await expectNoViolations(provider);
    await provider.goto('/offers/mine');
    await provider.getByRole('link', { name: 'Edit' }).first().click();
    await expect(provider.getByRole('heading', { name: 'Edit your offer' })).toBeVisible();
    await expectNoViolations(provider);

    await admin.goto('/admin/books');
    const check = await held(admin, (request) => request.postData()?.includes('mutation') ?? false);
    await admin.getByRole('button', { name: 'Check the books now' }).click();
    await expect(admin.getByText(/^Checking the books/)).toBeVisible();
    await expectNoViolations(admin);
    check.release();
    await expect(admin.getByText(/^Checking the books/)).toHaveCount(0);
    await expect(admin.getByRole('heading', { name: 'The books balance' })).toBeVisible();
    await expectNoViolations(admin);
    await admin.goto('/admin/accounts');
    await expectNoViolations(admin);
    await admin.getByRole('link', { name: /Paul Okafor/ }).click();
    await expectNoViolations(admin);
  });
}

/** What a page sends of a kind stays on its way until it is released. */
async function held(page: Page, isHeld: (request: Request) => boolean): Promise<{ release: () => void }> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  await page.route(/./, async (route) => {
    if (isHeld(route.request())) await promise;
    await route.continue();
  });
  return {
    release: () => {
      resolve(undefined);
    },
  };
}

/** Axe reads a page bit by bit: what it finds on one that changed meanwhile, it must find again. */
async function expectNoViolations(page: Page, looks = 3): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('dialog'))).not.toHaveCount(0);
  await expect(page.locator('app-skeleton')).toHaveCount(0);
  // A message is kept from screen readers for 150 ms, then read out.
  await expect(page.locator('mat-snack-bar-container [aria-hidden]')).toHaveCount(0);
  // Even without motion a colour changes by a transition, which ends with the next frame.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)));
  });
  const changes = await page.evaluateHandle(() => {
    const seen = { any: false };
    const observer = new MutationObserver(() => (seen.any = true));
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    return seen;
  });
  // Legacy is what axe calls a page without frames of other origins; the other mode opens a second page each time.
  const { violations } = await new AxeBuilder({ page, axeSource: AXE }).setLegacyMode(true).analyze();
  const hasChanged = await changes.evaluate(({ any }) => any);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  if (found.length > 0 && hasChanged && looks > 1) {
    await expectNoViolations(page, looks - 1);
  } else {
    expect(found, page.url()).toEqual([]);
  }
}
