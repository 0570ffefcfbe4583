import type { Routes } from '@angular/router';
import { AUTH_ROUTES } from './auth/auth.routes';
import { adminsOnly, membersOnly, visitorsOnly } from './shared/session/session-guards';

export const routes: Routes = [
  {
    path: '',
    canActivate: [visitorsOnly],
    children: AUTH_ROUTES,
  },
  {
    path: '',
    canActivate: [membersOnly],
    loadComponent: () => import('./shell/shell').then((area) => area.Shell),
    children: [
      {
        path: 'offers',
        loadChildren: () => import('./offers/offers.routes').then((area) => area.OFFER_ROUTES),
      },
      {
        path: 'requests',
        loadChildren: () => import('./requests/requests.routes').then((area) => area.REQUEST_ROUTES),
      },
      {
        path: 'disputes',
        loadChildren: () => import('./disputes/disputes.routes').then((area) => area.DISPUTE_ROUTES),
      },
      {
        path: 'wallet',
        title: $localize`:@@title.wallet:Wallet`,
        loadComponent: () => import('./wallet/wallet-page').then((area) => area.WalletPage),
      },
      {
        path: 'notifications',
        title: $localize`:@@title.notifications:Notifications`,
        loadComponent: () =>
          import('./notifications/notifications-page').then((area) => area.NotificationsPage),
      },
      {
        path: 'members',
        loadChildren: () => import('./members/members.routes').then((area) => area.MEMBER_ROUTES),
      },
      {
        path: 'admin',
        canActivate: [adminsOnly],
        loadChildren: () => import('./admin/admin.routes').then((area) => area.ADMIN_ROUTES),
      },
      {
        path: '**',
        title: $localize`:@@title.notFound:Not found`,
        loadComponent: () => import('./shell/not-found').then((area) => area.NotFound),
      },
    ],
  },
];
