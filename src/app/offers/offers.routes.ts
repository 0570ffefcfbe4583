import type { Routes } from '@angular/router';

export const OFFER_ROUTES: Routes = [
  {
    path: '',
    title: $localize`:@@title.offers:Offers`,
    loadComponent: () => import('./offers-page').then((page) => page.OffersPage),
  },
  {
    path: 'new',
    title: $localize`:@@title.newOffer:Offer a service`,
    loadComponent: () => import('./publish-offer-page').then((page) => page.PublishOfferPage),
  },
  {
    path: 'mine',
    title: $localize`:@@title.myOffers:Your offers`,
    loadComponent: () => import('./my-offers-page').then((page) => page.MyOffersPage),
  },
  {
    path: ':offerId',
    title: $localize`:@@title.offer:Offer`,
    loadComponent: () => import('./offer-page').then((page) => page.OfferPage),
  },
  {
    path: ':offerId/edit',
    title: $localize`:@@title.editOffer:Edit your offer`,
    loadComponent: () => import('./edit-offer-page').then((page) => page.EditOfferPage),
  },
  {
    path: ':offerId/request',
    title: $localize`:@@title.requestOffer:Ask for it`,
    loadComponent: () => import('./request-offer-page').then((page) => page.RequestOfferPage),
  },
];
