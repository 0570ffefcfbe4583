import type { Routes } from '@angular/router';
import { AdminLayout } from './admin-layout';

/** Every page of the area stands under the tabs of `AdminLayout`. */
export const ADMIN_ROUTES: Routes = [
  {
    path: '',
    component: AdminLayout,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'disputes' },
      {
        path: 'disputes',
        title: $localize`:@@title.disputeQueue:Disputes`,
        loadComponent: () => import('./dispute-queue-page').then((page) => page.DisputeQueuePage),
      },
      {
        path: 'disputes/:disputeId',
        title: $localize`:@@title.dispute:Dispute`,
        loadComponent: () => import('./dispute-case-page').then((page) => page.DisputeCasePage),
      },
      {
        path: 'accounts',
        title: $localize`:@@title.accounts:Accounts`,
        loadComponent: () => import('./accounts-page').then((page) => page.AccountsPage),
      },
      {
        path: 'accounts/:memberId',
        title: $localize`:@@title.account:Account`,
        loadComponent: () => import('./account-page').then((page) => page.AccountPage),
      },
      {
        path: 'books',
        title: $localize`:@@title.books:Books`,
        loadComponent: () => import('./books-page').then((page) => page.BooksPage),
      },
    ],
  },
];
