import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { CanActivateFn } from '@angular/router';
import { SessionStore } from './session-store';
import { HOME, safeReturnPath } from './return-path';

/** Sends a visitor to sign in, and remembers where they wanted to go. */
export const membersOnly: CanActivateFn = (_route, state) =>
  inject(SessionStore).isSignedIn() ||
  inject(Router).createUrlTree(['/sign-in'], {
    queryParams: state.url === HOME ? {} : { next: state.url },
  });

/** Sends a member who is signed in already to where they wanted to go. */
export const visitorsOnly: CanActivateFn = (route) =>
  !inject(SessionStore).isSignedIn() ||
  inject(Router).parseUrl(safeReturnPath(route.queryParamMap.get('next')));

/** Sends a member who is no admin home. It keeps nothing secret: the server refuses whatever is not theirs. */
export const adminsOnly: CanActivateFn = () =>
  inject(SessionStore).isAdmin() || inject(Router).parseUrl(HOME);
