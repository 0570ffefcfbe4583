import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { OUTLINED_FIELDS } from '../shared/forms/outlined-fields';
import { Brand } from '../shared/layout/brand';

/** The frame of the pages before sign-in: who we are on one side, the form on the other. */
@Component({
  selector: 'app-auth-layout',
  imports: [RouterLink, Brand],
  providers: [OUTLINED_FIELDS],
  template: `
    <header>
      <a routerLink="/" class="home" aria-label="HourBank, start page" i18n-aria-label><app-brand /></a>
    </header>
    <main id="main"><ng-content /></main>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-rows: auto 1fr;
      min-block-size: 100dvh;
    }
    header {
      padding: 16px;
      @media (min-width: 840px) {
        padding: 24px 32px;
      }
    }
    .home {
      display: inline-flex;
      padding: 4px;
      border-radius: 8px;
      color: inherit;
      text-decoration: none;
    }
    main {
      display: grid;
      gap: 24px;
      align-content: start;
      inline-size: 100%;
      max-inline-size: 456px;
      margin-inline: auto;
      padding: 16px 20px 48px;
      @media (min-width: 600px) {
        align-content: center;
        padding-block-end: 15dvh;
      }
    }
  `,
})
export class AuthLayout {}
