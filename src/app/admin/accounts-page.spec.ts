import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, BEN, member } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { AccountsPage } from './accounts-page';

describe('finding an account', () => {
  let backend: FakeBackend;
  const names = (): string[] => [...document.querySelectorAll('li a')].map((link) => link.textContent);

  beforeEach(() => {
    backend = new FakeBackend();
    backend.members.members = [
      member(),
      member({ id: ADA, displayName: 'Ada Lindqvist', neighbourhood: 'Mill Lane' }),
      member({ id: 'ines', displayName: 'Inês Duarte', neighbourhood: '' }),
    ];
  });

  it('begins with all members, by name, each leading to the account', async () => {
    const screen = await openPage(AccountsPage, backend);

    expect(names()).toEqual(['Ada Lindqvist', 'Ben Okafor', 'Inês Duarte']);
    expect(screen.link('Ben Okafor').getAttribute('href')).toBe(`/admin/accounts/${BEN}`);
    expect(screen.announced).toContain('3 members found');
  });

  it.each([
    ['ines', ['Inês Duarte']],
    ['mill', ['Ada Lindqvist']],
  ])('searches names and neighbourhoods, whatever the case or accents (%s)', async (text, found) => {
    const screen = await openPage(AccountsPage, backend);
    await screen.type('Search members', ` ${text} `);

    expect(TestBed.inject(Router).url).toBe(`/page?q=${text}`);
    expect(names()).toEqual(found);
  });

  it('says that nobody was found, and leads back to all', async () => {
    const screen = await openPage(AccountsPage, backend, { url: '/page?q=nobody' });

    expect(screen.headings(2)).toEqual(['Nobody found']);
    expect(screen.link('Show all members').getAttribute('href')).toBe('/admin/accounts');
  });

  it('says what went wrong, and tries again', async () => {
    backend.members.failure = new ApiError('OFFLINE');
    const screen = await openPage(AccountsPage, backend);
    expect(screen.announced.join()).toContain('You are offline.');

    backend.members.failure = undefined;
    await screen.press('Try again');

    expect(names()).toHaveLength(3);
  });
});
