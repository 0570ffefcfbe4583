import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, offer, review } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { EditOfferPage } from './edit-offer-page';
import { MyOffersPage } from './my-offers-page';
import { OfferPage } from './offer-page';
import { OffersPage } from './offers-page';
import { PublishOfferPage } from './publish-offer-page';

describe('offers', () => {
  let backend: FakeBackend;
  const here = (): string => TestBed.inject(Router).url;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.offers.offers = [
      offer(),
      offer({ id: 'offer-2', title: 'Sourdough from scratch', category: 'COOKING', description: 'Bread.' }),
      offer({ id: 'offer-3', title: 'Walks with your dog', category: 'CARE', providerId: ADA }),
    ];
  });

  describe('browsing', () => {
    it('shows what neighbours offer', async () => {
      const screen = await openPage(OffersPage, backend);

      expect(screen.headings(2)).toEqual([
        'Bike repair at your door',
        'Sourdough from scratch',
        'Walks with your dog',
      ]);
      expect(screen.announced).toContain('3 offers found');
      expect(screen.link('Bike repair at your door').getAttribute('href')).toBe('/offers/offer-1');
    });

    it('searches and filters by the address, so that "back" finds it again', async () => {
      const found = await openPage(OffersPage, backend, { url: '/page?q=BREAD' });
      expect(found.headings(2)).toEqual(['Sourdough from scratch']);

      TestBed.resetTestingModule();
      const filtered = await openPage(OffersPage, backend, { url: '/page?category=CARE' });
      expect(filtered.headings(2)).toEqual(['Walks with your dog']);
    });

    it('puts a search into the address', async () => {
      const screen = await openPage(OffersPage, backend);
      await screen.type('Search offers', ' dog ');

      expect(here()).toBe('/page?q=dog');
      expect(screen.headings(2)).toEqual(['Walks with your dog']);
    });

    it('says that nothing was found, and leads back to all', async () => {
      const screen = await openPage(OffersPage, backend, { url: '/page?q=piano' });

      expect(screen.headings(2)).toEqual(['Nothing found']);
      expect(screen.link('Show all offers')).toBeTruthy();
    });

    it('invites to publish the first offer', async () => {
      backend.offers.offers = [];
      const screen = await openPage(OffersPage, backend);

      expect(screen.link('Publish the first offer').getAttribute('href')).toBe('/offers/new');
    });

    it('says what went wrong, and tries again', async () => {
      backend.offers.failure = new ApiError('OFFLINE');
      const screen = await openPage(OffersPage, backend);
      expect(screen.announced.join()).toContain('You are offline.');

      backend.offers.failure = undefined;
      await screen.press('Try again');

      expect(screen.headings(2)).toHaveLength(3);
    });
  });

  describe('one offer', () => {
    const open = (id: string) =>
      openPage(OfferPage, backend, { path: 'offers/:offerId', url: `/offers/${id}` });

    it('can be asked for', async () => {
      const screen = await open('offer-1');

      expect(screen.link('Ask for it').getAttribute('href')).toBe('/offers/offer-1/request');
    });

    it('can be edited by its provider, and not asked for', async () => {
      const screen = await open('offer-3');

      expect(screen.link('Edit your offer')).toBeTruthy();
      expect(screen.text).not.toContain('Ask for it');
    });

    it('cannot be asked for while it is switched off', async () => {
      backend.offers.offers = [offer({ active: false })];
      const screen = await open('offer-1');

      expect(screen.text).toContain('This offer is switched off');
      expect(screen.text).not.toContain('Ask for it');
    });
  });

  describe('ratings', () => {
    it('are on the card of an offer, in words too', async () => {
      backend.offers.offers = [offer({ ratings: { ratingSum: 19, ratingCount: 4 } }), offer({ id: 'new' })];
      await openPage(OffersPage, backend);

      const ratings = [...document.querySelectorAll('app-rating-summary')].map((one) =>
        one.textContent.replace(/\s+/g, ' ').trim(),
      );
      expect(ratings).toEqual([
        expect.stringMatching(/^4\.8 \(4\).*4\.8 of 5 stars, from 4 ratings$/),
        'No ratings yet',
      ]);
    });

    it('are told on the page of an offer with what was said, a few at a time', async () => {
      backend.reviews.reviews = ['One', 'Two', 'Three', 'Four'].map((comment) =>
        review({ id: comment, comment }),
      );
      const screen = await openPage(OfferPage, backend, { path: 'offers/:offerId', url: '/offers/offer-1' });
      expect(screen.text).toContain('5 of 5 stars');
      expect(screen.text).not.toContain('Four');

      await screen.press('Show more');

      expect(screen.text).toContain('Four');
      expect(screen.link('Ada Lindqvist').getAttribute('href')).toBe(`/members/${ADA}`);
    });

    it('that nobody has given are no reproach', async () => {
      const screen = await openPage(OfferPage, backend, { path: 'offers/:offerId', url: '/offers/offer-1' });

      expect(screen.text).toContain('No ratings yet');
      expect(screen.text).toContain('Somebody has to be the first to ask.');
    });

    it('that cannot be read do not keep an offer from being asked for', async () => {
      backend.reviews.failure = new ApiError('UNEXPECTED');
      const screen = await openPage(OfferPage, backend, { path: 'offers/:offerId', url: '/offers/offer-1' });

      expect(screen.link('Ask for it')).toBeTruthy();
      expect(screen.announced.join()).toContain('Something went wrong on our side.');
    });
  });

  describe('publishing', () => {
    it('wants a title and a category', async () => {
      const screen = await openPage(PublishOfferPage, backend);
      await screen.type('Title', '  ');
      await screen.press('Publish');

      expect(screen.text).toContain('Give your offer a title.');
      expect(screen.text).toContain('Choose a category.');
      expect(backend.offers.offers).toHaveLength(3);
    });

    it('refuses a rate that is not in quarters', async () => {
      const screen = await openPage(PublishOfferPage, backend);
      await screen.type('Hours credited for an hour of work', '0.1');

      expect(screen.text).toContain('A rate goes in quarters, from 0.25 to 10.');
    });
  });

  it('is changed by its provider', async () => {
    const screen = await openPage(EditOfferPage, backend, {
      path: 'offers/:offerId/edit',
      url: '/offers/offer-3/edit',
    });
    expect(screen.field('Title').value).toBe('Walks with your dog');

    await screen.type('Title', 'Long walks with your dog');
    await screen.press('A quarter more');
    await screen.press('Save');

    expect(backend.offers.offers[2]).toMatchObject({ title: 'Long walks with your dog', rate: 1.25 });
    expect(here()).toBe('/offers/offer-3');
  });

  it('of others cannot be edited', async () => {
    const screen = await openPage(EditOfferPage, backend, {
      path: 'offers/:offerId/edit',
      url: '/offers/offer-1/edit',
    });

    expect(screen.announced.join()).toContain('This does not exist, or it is not yours to see.');
  });

  it('of one’s own are switched off and on', async () => {
    const screen = await openPage(MyOffersPage, backend);
    expect(screen.headings(2)).toEqual(['Walks with your dog']);

    await screen.press('Switch off Walks with your dog');
    expect(backend.offers.offers[2]?.active).toBe(false);
    expect(screen.said).toContain('is switched off');

    await screen.press('Switch on Walks with your dog');
    expect(backend.offers.offers[2]?.active).toBe(true);
  });
});
