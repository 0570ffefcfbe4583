import { expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { DEMO_PASSWORD } from '../dev/demo.ts';

/** The smallest picture that there is. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

/** A window of its own, signed in as a demo member. */
export async function signedIn(
  browser: Browser,
  appUrl: string,
  who: 'requester' | 'provider' | 'admin',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: appUrl, locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(`${who}@hourbank.test`);
  await page.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What neighbours offer' })).toBeVisible();
  return page;
}

/** Asks for an offer by its title, as a member would; leaves the page of the new request open. */
export async function ask(page: Page, title: string, hours: string): Promise<void> {
  await page.getByRole('link', { name: 'Offers' }).click();
  await page.getByRole('link', { name: title }).click();
  await page.getByRole('link', { name: 'Ask for it' }).click();
  await page.getByLabel('How many hours?').fill(hours);
  await page.getByLabel('Message').fill('Would Saturday morning suit you?');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** Presses an action of a request's page and says yes to its question. */
export async function act(page: Page, action: string, yes: string): Promise<void> {
  await page
    .getByRole('group', { name: 'What you can do now' })
    .getByRole('button', { name: action })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: yes }).click();
}

/** The line of the timeline that says what is going on now. */
export function nowLine(page: Page) {
  return page.locator('[aria-current="step"]');
}

/** The hours that a member can spend, as every page shows them. */
export async function availableOf(page: Page): Promise<number> {
  const shown = page.getByRole('banner').getByRole('link', { name: /available/ });
  await expect(shown).toContainText(/\d h/);
  return Number(/([\d.]+) h/.exec((await shown.textContent()) ?? '')?.[1]);
}
