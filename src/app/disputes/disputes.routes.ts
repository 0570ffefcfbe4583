import type { Routes } from '@angular/router';

export const DISPUTE_ROUTES: Routes = [
  {
    path: 'open/:requestId',
    title: $localize`:@@title.openDispute:Open a dispute`,
    loadComponent: () => import('./open-dispute-page').then((page) => page.OpenDisputePage),
  },
  {
    path: ':disputeId',
    title: $localize`:@@title.dispute:Dispute`,
    loadComponent: () => import('./dispute-page').then((page) => page.DisputePage),
  },
];
