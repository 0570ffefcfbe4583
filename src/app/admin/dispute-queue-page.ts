import { Component } from '@angular/core';
import { PageHeading } from '../shared/layout/page-heading';

/** The disputes that wait for a decision, and those that have one. */
@Component({
  selector: 'app-dispute-queue-page',
  imports: [PageHeading],
  template: `
    <div class="page wide">
      <h1 appPageHeading i18n>Disputes</h1>
    </div>
  `,
})
export class DisputeQueuePage {}
