import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { PageHeading } from '../shared/layout/page-heading';

@Component({
  selector: 'app-not-found',
  imports: [MatButton, PageHeading, RouterLink],
  template: `
    <div class="page narrow">
      <h1 appPageHeading i18n>There is nothing here</h1>
      <p class="lead" i18n>The address may be mistyped, or the page has moved.</p>
      <div class="row">
        <a matButton="filled" routerLink="/offers" i18n>Browse offers</a>
        <a matButton routerLink="/requests" i18n>Your requests</a>
      </div>
    </div>
  `,
})
export class NotFound {}
