import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { act, ask, availableOf, nowLine, signedIn } from './visitor.ts';

async function unreadOf(page: Page): Promise<number> {
  const news = page.getByRole('navigation').getByRole('link', { name: /News/ });
  return Number(/\d+/.exec((await news.textContent()) ?? '')?.[0] ?? 0);
}

test('two hours travel from a requester to a provider, and each sees every step without reload', async ({
  browser,
  appUrl,
}) => {
  const requester = await signedIn(browser, appUrl, 'requester');
  const provider = await signedIn(browser, appUrl, 'provider');
  const [before, beforeOfProvider] = [await availableOf(requester), await availableOf(provider)];
  const reloads: string[] = [];
  for (const page of [requester, provider])
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && frame.url() === 'about:blank') reloads.push(frame.url());
    });

  await ask(requester, 'Bicycle tune-up', '2');
  await expect(nowLine(requester)).toContainText('Paul Okafor was asked and has time to answer.');
  await expect(nowLine(requester)).toContainText('Time left:');
  await expect.poll(() => availableOf(requester)).toBe(before - 2);

  // The provider hears of it without having asked.
  await expect.poll(() => unreadOf(provider)).toBeGreaterThan(0);
  await provider.getByRole('link', { name: /^News/ }).click();
  await expect(provider.getByRole('main').getByRole('listitem').first()).toContainText(
    'Rosa Lindqvist asks you for “Bicycle tune-up” (2 h)',
  );
  await expect.poll(() => unreadOf(provider)).toBe(0);
  await provider.getByRole('link', { name: /^Requests/ }).click();
  await provider.getByRole('region', { name: 'Waiting for you' }).getByRole('link').first().click();
  await expect(nowLine(provider)).toContainText('Rosa Lindqvist waits for your answer.');
  await act(provider, 'Accept', 'Accept');
  await expect(nowLine(provider)).toContainText('The work is yours now.');
  await expect(nowLine(requester)).toContainText('Paul Okafor is at work for you.');

  await act(provider, 'It is done', 'Yes, it is done');
  await expect(nowLine(requester)).toContainText('Paul Okafor says it is done. Do you agree?');
  await act(requester, 'Confirm and pay', 'Yes, pay 2 h');

  await expect(nowLine(requester)).toContainText('2 h went to Paul Okafor. All done.');
  await expect(nowLine(provider)).toContainText('You received 2 h. Thank you for your time.');
  await expect.poll(() => availableOf(provider)).toBe(beforeOfProvider + 2);
  expect(reloads).toEqual([]);

  await requester.getByRole('link', { name: 'Wallet' }).click();
  const hours = requester.getByRole('region', { name: 'Your hours' });
  await expect(hours).toContainText(new RegExp(`Available\\s*${before - 2} h`));
  await expect(hours).toContainText(/Set aside\s*0 h/);
  await expect(hours).toContainText(new RegExp(`Total\\s*${before - 2} h`));
});

test('a request that nobody answers expires on the screen when its deadline passes', async ({
  browser,
  house,
  appUrl,
}) => {
  const requester = await signedIn(browser, appUrl, 'requester');
  const available = requester.getByRole('banner').getByRole('link', { name: /available/ });
  await expect(available).toContainText(/\d h/);
  const before = (await available.textContent()) ?? '';
  await ask(requester, 'Help in the garden', '1.5');
  await expect(nowLine(requester)).toContainText('has time to answer');

  await fetch(`${house.gatewayUrl}/_local/clock`, { method: 'POST', body: '{"advance":"PT48H"}' });

  await expect(nowLine(requester)).toContainText('There was no answer in time. You have 1.5 h back.');
  await expect(available).toHaveText(before);
});

test('a page that lost its connection catches up when it is back', async ({ browser, appUrl }) => {
  const requester = await signedIn(browser, appUrl, 'requester');
  const provider = await signedIn(browser, appUrl, 'provider');
  await ask(requester, 'Help in the garden', '1');
  await expect(nowLine(requester)).toContainText('has time to answer');

  await requester.context().setOffline(true);
  await provider.getByRole('link', { name: /^Requests/ }).click();
  await provider.getByRole('region', { name: 'Waiting for you' }).getByRole('link').first().click();
  await act(provider, 'Decline', 'Decline');
  await expect(nowLine(provider)).toContainText('It was declined, and the hours went back.');
  await expect(nowLine(requester)).toContainText('has time to answer');
  await requester.context().setOffline(false);

  await expect(nowLine(requester)).toContainText('It did not come about. Nothing is held any more.');
});
