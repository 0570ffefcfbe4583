import { Component, computed, effect, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import {
  mdiAccountCircleOutline,
  mdiBell,
  mdiBellOutline,
  mdiHandshake,
  mdiHandshakeOutline,
  mdiLogout,
  mdiShieldAccount,
  mdiShieldAccountOutline,
  mdiStorefront,
  mdiStorefrontOutline,
  mdiTagOutline,
  mdiWallet,
  mdiWalletOutline,
} from '@mdi/js';
import { BalanceStore } from '../shared/api/balance-store';
import { COUNT_LIMIT } from '../shared/api/notification-client';
import { NotificationStore } from '../shared/api/notification-store';
import { OUTLINED_FIELDS } from '../shared/forms/outlined-fields';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { Brand } from '../shared/layout/brand';
import { Initials } from '../shared/layout/initials';
import { SessionStore } from '../shared/session/session-store';
import { ConnectionNotice } from './connection-notice';
import { Membership } from './membership';

/** The frame of every page a member sees: brand and balance above, navigation below or beside, the page between. */
@Component({
  selector: 'app-shell',
  imports: [
    Brand,
    ConnectionNotice,
    HoursPipe,
    Icon,
    Initials,
    MatButton,
    MatMenuModule,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
  ],
  providers: [Membership, OUTLINED_FIELDS],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
})
export class Shell {
  readonly #session = inject(SessionStore);
  readonly #router = inject(Router);
  readonly #notifications = inject(NotificationStore);
  protected readonly membership = inject(Membership);
  protected readonly balance = inject(BalanceStore).balance;
  #leaving = false;

  protected readonly icons = { profile: mdiAccountCircleOutline, mine: mdiTagOutline, signOut: mdiLogout };
  protected readonly unseen = this.#notifications.unseen;
  protected readonly badge = computed(() =>
    this.unseen() >= COUNT_LIMIT ? `${COUNT_LIMIT - 1}+` : String(this.unseen()),
  );
  protected readonly unseenWords = computed(() =>
    this.unseen() === 1
      ? $localize`:@@nav.unseenOne:1 new notification`
      : $localize`:@@nav.unseen:${this.badge()}:count: new notifications`,
  );
  protected readonly places = computed(() => [
    ...memberPlaces(),
    ...(this.#session.isAdmin() ? [adminPlace()] : []),
  ]);

  constructor() {
    // A session can end by itself: expired, or signed out in another tab.
    effect(() => {
      if (this.#session.isSignedIn() || this.#leaving) return;
      void this.#router.navigate(['/sign-in'], { queryParams: { next: this.#router.url } });
    });
  }

  protected async signOut(): Promise<void> {
    this.#leaving = true;
    try {
      await this.#session.signOut();
    } finally {
      await this.#router.navigateByUrl('/');
    }
  }

  /** A link by fragment would be taken by the router as a navigation: the focus is moved by hand. */
  protected skipTo(main: HTMLElement): void {
    main.focus();
  }
}

// Functions: translations load before they run.

const memberPlaces = (): readonly NavigationPlace[] => [
  {
    path: '/offers',
    label: $localize`:@@nav.offers:Offers`,
    icon: mdiStorefrontOutline,
    iconHere: mdiStorefront,
  },
  {
    path: '/requests',
    label: $localize`:@@nav.requests:Requests`,
    icon: mdiHandshakeOutline,
    iconHere: mdiHandshake,
  },
  { path: '/wallet', label: $localize`:@@nav.wallet:Wallet`, icon: mdiWalletOutline, iconHere: mdiWallet },
  {
    path: '/notifications',
    label: $localize`:@@nav.notifications:News`,
    icon: mdiBellOutline,
    iconHere: mdiBell,
    counts: true,
  },
];

const adminPlace = (): NavigationPlace => ({
  path: '/admin',
  label: $localize`:@@nav.admin:Admin`,
  icon: mdiShieldAccountOutline,
  iconHere: mdiShieldAccount,
});

interface NavigationPlace {
  readonly path: string;
  readonly label: string;
  readonly icon: string;
  readonly iconHere: string;
  /** Carries the badge of unseen notifications. */
  readonly counts?: true;
}
