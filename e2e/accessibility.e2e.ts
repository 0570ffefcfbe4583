import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { act, ask, nowLine, signedIn } from './visitor.ts';

const FACES = [
  { face: 'desktop, light', options: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } },
  { face: 'phone, dark', options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } },
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
}

async function expectNoViolations(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('dialog'))).not.toHaveCount(0);
  await expect(page.locator('app-skeleton')).toHaveCount(0);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(found, page.url()).toEqual([]);
}
