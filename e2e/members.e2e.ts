import { expect } from '@playwright/test';
import { confirmationCode } from '../dev/house.ts';
import { test } from './fixtures.ts';

test('a newcomer signs up, confirms, gets ten hours, publishes an offer and signs out', async ({
  page,
  house,
}) => {
  const email = `newcomer-${Date.now()}@hourbank.test`;
  const password = 'Sourdough-and-7-bikes';
  await page.goto('/');
  await page.getByRole('link', { name: /Join/ }).first().click();
  await page.getByLabel('Your name').fill('Nora Field');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();

  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Code').fill(await confirmationCode(house.gatewayUrl, email));
  await page.getByRole('button', { name: 'Confirm' }).click();

  await expect(page.getByRole('heading', { name: 'What neighbours offer' })).toBeVisible();
  await expect(page.getByRole('banner').getByRole('link', { name: /available/ })).toContainText('10 h');

  await page.getByRole('link', { name: 'Offer a service' }).click();
  await page.getByLabel('Title').fill('Sourdough for beginners');
  await page.getByLabel('Description').fill('We bake two loaves, and you take the starter home.');
  await page.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Cooking' }).click();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('link', { name: 'Offers', exact: true }).click();
  await page.getByLabel('Search offers').fill('sourdough');
  await page.getByLabel('Search offers').press('Enter');
  await expect(page.getByRole('link', { name: 'Sourdough for beginners' })).toBeVisible();

  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: /available/ })).toBeHidden();
  await page.goto('/wallet');
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
});
