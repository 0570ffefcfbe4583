import { Service, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy } from '@angular/router';
import type { RouterStateSnapshot } from '@angular/router';

/** "Wallet · HourBank" in the tab and for a screen reader. */
@Service()
export class PageTitle extends TitleStrategy {
  readonly #title = inject(Title);

  override updateTitle(state: RouterStateSnapshot): void {
    this.name(this.buildTitle(state));
  }

  /** Names the page once it is known what it shows. */
  name(page: string | undefined): void {
    this.#title.setTitle(page === undefined ? 'HourBank' : `${page} · HourBank`);
  }
}
