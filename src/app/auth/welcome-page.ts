import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiHandHeartOutline, mdiLockClock, mdiSwapHorizontal } from '@mdi/js';
import { Icon } from '../shared/icon/icon';
import { Brand } from '../shared/layout/brand';
import { PageHeading } from '../shared/layout/page-heading';

/** What a visitor sees first: what this is, and the two ways in. */
@Component({
  selector: 'app-welcome-page',
  imports: [Brand, Icon, MatButton, PageHeading, RouterLink],
  templateUrl: './welcome-page.html',
  styleUrl: './welcome-page.scss',
})
export class WelcomePage {
  protected readonly icons = { give: mdiHandHeartOutline, hold: mdiLockClock, swap: mdiSwapHorizontal };
}
