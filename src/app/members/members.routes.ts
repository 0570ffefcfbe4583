import type { Routes } from '@angular/router';

export const MEMBER_ROUTES: Routes = [
  {
    path: 'me',
    title: $localize`:@@title.profile:Your profile`,
    loadComponent: () => import('./my-profile-page').then((page) => page.MyProfilePage),
  },
  {
    path: ':memberId',
    title: $localize`:@@title.member:Member`,
    loadComponent: () => import('./member-page').then((page) => page.MemberPage),
  },
];
