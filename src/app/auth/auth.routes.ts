import type { Routes } from '@angular/router';

/** What a visitor sees. Declared with the first page, loaded page by page. */
export const AUTH_ROUTES: Routes = [
  {
    path: '',
    pathMatch: 'full',
    loadComponent: () => import('./welcome-page').then((page) => page.WelcomePage),
  },
  {
    path: 'sign-in',
    title: $localize`:@@title.signIn:Sign in`,
    loadComponent: () => import('./sign-in-page').then((page) => page.SignInPage),
  },
  {
    path: 'sign-up',
    title: $localize`:@@title.signUp:Join HourBank`,
    loadComponent: () => import('./sign-up-page').then((page) => page.SignUpPage),
  },
  {
    path: 'confirm',
    title: $localize`:@@title.confirm:Confirm your email`,
    loadComponent: () => import('./confirm-page').then((page) => page.ConfirmPage),
  },
  {
    path: 'forgot-password',
    title: $localize`:@@title.forgot:Forgotten password`,
    loadComponent: () => import('./forgot-password-page').then((page) => page.ForgotPasswordPage),
  },
  {
    path: 'reset-password',
    title: $localize`:@@title.reset:New password`,
    loadComponent: () => import('./reset-password-page').then((page) => page.ResetPasswordPage),
  },
];
