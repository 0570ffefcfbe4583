import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';

/** The frame of the admins' area: one tab a page, above the page. */
@Component({
  selector: 'app-admin-layout',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <nav aria-label="Admin" i18n-aria-label>
      @for (tab of tabs; track tab.path) {
        <a [routerLink]="tab.path" routerLinkActive="here" ariaCurrentWhenActive="page">{{ tab.label }}</a>
      }
    </nav>
    <router-outlet />
  `,
  styles: `
    nav {
      display: flex;
      gap: 4px;
      max-inline-size: 1200px;
      margin-inline: auto;
      padding: 8px 16px 0;
      overflow-x: auto;
      scrollbar-width: none;
      @media (min-width: 840px) {
        padding-inline: 32px;
      }
    }
    a {
      padding: 10px 16px;
      border-radius: 999px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
      text-decoration: none;
      &:hover {
        background: color-mix(in srgb, var(--mat-sys-on-surface) 6%, transparent);
      }
    }
    .here {
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }
  `,
})
export class AdminLayout {
  protected readonly tabs = [
    { path: 'disputes', label: $localize`:@@admin.tab.disputes:Disputes` },
    { path: 'accounts', label: $localize`:@@admin.tab.accounts:Accounts` },
    { path: 'books', label: $localize`:@@admin.tab.books:Books` },
  ];
}
