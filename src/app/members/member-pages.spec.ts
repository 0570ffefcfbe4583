import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, BEN, member, memberStats, offer, review } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import { MemberPage } from './member-page';
import { MyProfilePage } from './my-profile-page';

describe('members', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.members.members = [
      member(),
      member({ id: ADA, displayName: 'Ada', responseTimeHours: undefined }),
    ];
    backend.offers.offers = [offer(), offer({ id: 'off', title: 'Switched off', active: false })];
  });

  it('are seen by their neighbours with what they offer now', async () => {
    const screen = await openPage(MemberPage, backend, { path: 'members/:memberId', url: `/members/${BEN}` });

    expect(screen.headings(1)).toEqual(['Ben Okafor']);
    expect(screen.text).toContain('answers within 24 h');
    expect(screen.link('Bike repair at your door')).toBeTruthy();
    expect(screen.text).not.toContain('Switched off');
  });

  it('are seen with what they did for others, and what those say', async () => {
    backend.stats.stats = memberStats();
    backend.reviews.reviews = [
      review(),
      review({ id: 'two', authorRole: 'PROVIDER', rating: 4, comment: '' }),
    ];
    const screen = await openPage(MemberPage, backend, { path: 'members/:memberId', url: `/members/${BEN}` });

    const sums = [...document.querySelectorAll('.sums div')].map((sum) =>
      sum.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(sums).toEqual([
      expect.stringMatching(/^Ratings ?4\.8 \(4\)/),
      'Services delivered6',
      'Hours given9.5 h',
      'Hours received3 h',
    ]);
    expect(screen.text).toContain('Ada Lindqvist was helped');
    expect(screen.text).toContain('Ada Lindqvist helped out');
    expect(screen.text).toContain('Came on time, and left the bike better than new.');
  });

  it('whom nobody has rated are in good company', async () => {
    backend.stats.stats = memberStats({ ratingSum: 0, ratingCount: 0 });
    const screen = await openPage(MemberPage, backend, { path: 'members/:memberId', url: `/members/${BEN}` });

    expect(screen.text).toContain('No ratings yet');
    expect(screen.text).toContain('Everybody begins that way.');
  });

  it('that do not exist are said not to', async () => {
    const screen = await openPage(MemberPage, backend, { path: 'members/:memberId', url: '/members/nobody' });

    expect(screen.announced.join()).toContain('This does not exist');
  });

  describe('one’s own profile', () => {
    const mine = () => backend.members.members.find(({ id }) => id === ADA);

    it('is changed and saved', async () => {
      const screen = await openPage(MyProfilePage, backend);
      expect(screen.field('Hours you take to answer a request').value).toBe('48');

      await screen.type('Your name', ' Ada L. ');
      await screen.type('What you are good at', 'bread, , guitar,bread');
      await screen.type('Hours you take to answer a request', '12');
      await screen.press('Save');

      expect(mine()).toMatchObject({
        displayName: 'Ada L.',
        skills: ['bread', 'guitar'],
        responseTimeHours: 12,
      });
      expect(screen.said).toContain('Your profile is saved.');
    });

    it.each(['0', '337', '1.5'])('refuses %s hours to answer', async (hours) => {
      const screen = await openPage(MyProfilePage, backend);
      await screen.type('Hours you take to answer a request', hours);
      await screen.press('Save');

      expect(screen.text).toContain('Whole hours, from 1 to 336.');
      expect(mine()?.responseTimeHours).toBeUndefined();
    });
  });
});
