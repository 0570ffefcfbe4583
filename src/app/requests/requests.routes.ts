import type { Routes } from '@angular/router';

export const REQUEST_ROUTES: Routes = [
  {
    path: '',
    title: $localize`:@@title.requests:Your requests`,
    loadComponent: () => import('./requests-page').then((page) => page.RequestsPage),
  },
  {
    path: ':requestId',
    title: $localize`:@@title.request:Request`,
    loadComponent: () => import('./request-page').then((page) => page.RequestPage),
  },
];
