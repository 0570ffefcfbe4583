import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { act, ask, availableOf, nowLine, PICTURE, signedIn } from './visitor.ts';

const table = (page: Page) => page.getByRole('region', { name: 'The offer on the table' });

async function counterOffer(page: Page, hours: string, rate: string): Promise<void> {
  await page.getByRole('button', { name: 'Make a counter-offer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Hours', { exact: true }).fill(hours);
  await dialog.getByLabel('Rate', { exact: true }).fill(rate);
  await dialog.getByRole('button', { name: 'Send the offer' }).click();
  await expect(dialog).toHaveCount(0);
}

test('three rounds, then a dispute with evidence that an admin divides, in three browsers', async ({
  browser,
  appUrl,
}) => {
  const requester = await signedIn(browser, appUrl, 'requester');
  const provider = await signedIn(browser, appUrl, 'provider');
  const admin = await signedIn(browser, appUrl, 'admin');
  const [before, beforeOfProvider] = [await availableOf(requester), await availableOf(provider)];

  // Three rounds of negotiation, each seen by the other without reload.
  await ask(requester, 'Help in the garden', '1');
  await expect(nowLine(requester)).toContainText('has time to answer');
  await provider.getByRole('link', { name: /^Requests/ }).click();
  await provider.getByRole('region', { name: 'Waiting for you' }).getByRole('link').first().click();
  await counterOffer(provider, '3', '1');
  await expect(table(requester)).toContainText('Paul Okafor offers');
  await expect(table(requester)).toContainText(/3 h\s*× rate 1\s*=\s*3 h/);
  await counterOffer(requester, '2', '1.25');
  await expect(table(provider)).toContainText(/2 h\s*× rate 1.25\s*=\s*2.5 h/);
  await counterOffer(provider, '2', '1');
  await expect(table(requester)).toContainText('Round 3 of 5');
  await act(requester, 'Accept', 'Accept');
  await expect(nowLine(provider)).toContainText('The work is yours now.');
  await expect.poll(() => availableOf(requester)).toBe(before - 2);

  // A dispute, with a picture; the other side answers.
  await requester.getByRole('link', { name: 'Open a dispute' }).click();
  await requester.getByRole('radio').first().check();
  await requester.getByLabel('What happened?').fill('Half of the hedge is still there.');
  await requester.getByRole('button', { name: 'Open the dispute' }).click();
  await expect(requester.getByRole('heading', { name: /^Dispute about/ })).toBeVisible();
  await requester
    .getByLabel('Files to add')
    .setInputFiles({ name: 'hedge.png', mimeType: 'image/png', buffer: PICTURE });
  await expect(requester.getByRole('region', { name: 'Pictures and documents' })).toContainText('hedge.png');

  await provider.getByRole('link', { name: 'See the dispute' }).click();
  await expect(provider.getByText('Half of the hedge is still there.')).toBeVisible();
  await expect(provider.getByRole('region', { name: 'Pictures and documents' })).toContainText('hedge.png');
  await provider.getByLabel('Your side of it').fill('It rained; I cut what could be cut.');
  await provider.getByRole('button', { name: 'Add the statement' }).click();
  await expect(requester.getByText('It rained; I cut what could be cut.')).toBeVisible();

  // The admin hears both and divides: 0.75 of 2 hours go back.
  await admin.getByRole('link', { name: 'Admin' }).click();
  await expect(admin.getByRole('heading', { name: 'Disputes' })).toBeVisible();
  await admin
    .getByRole('link', { name: /Help in the garden/ })
    .first()
    .click();
  const sides = admin.getByRole('region', { name: 'Both sides' });
  await expect(sides).toContainText('Half of the hedge is still there.');
  await expect(sides).toContainText('It rained; I cut what could be cut.');
  await admin.getByRole('radio', { name: /Divide/ }).check();
  await admin.getByRole('slider').fill('0.75');
  await admin.getByLabel('Why (both of them read it)').fill('Both are right in part.');
  await admin.getByRole('button', { name: 'Decide' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Divide' }).click();

  // All three see the end without reload, and wallets agree with it.
  await expect(admin.getByRole('heading', { name: 'How it ended' })).toBeVisible();
  await expect(requester.getByText('Both are right in part.')).toBeVisible();
  await expect(provider.getByText('Both are right in part.')).toBeVisible();
  await expect.poll(() => availableOf(requester)).toBe(before - 1.25);
  await expect.poll(() => availableOf(provider)).toBe(beforeOfProvider + 1.25);

  // The books are checked, and members see that they balance.
  await admin.getByRole('link', { name: 'Books' }).click();
  await admin.getByRole('button', { name: 'Check the books now' }).click();
  await expect(admin.getByRole('heading', { name: 'The books balance' })).toBeVisible();
  await requester.getByRole('link', { name: 'Wallet' }).click();
  await expect(requester.getByText('The books balance')).toBeVisible();
});
