import { DOCUMENT, DestroyRef, Service, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, fromEvent } from 'rxjs';

/**
 * Who takes the focus after a navigation: the first page heading that appears. Heading may come late (the page
 * is still loading); a member who has pressed Tab or a pointer by then keeps the focus where they put it.
 */
@Service()
export class NavigationFocus {
  readonly #document = inject(DOCUMENT);
  #waiting = false;

  constructor() {
    const destroyRef = inject(DestroyRef);
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        filter((event) => event.id > 1),
        takeUntilDestroyed(destroyRef),
      )
      .subscribe(() => {
        this.#waiting = true;
      });
    fromEvent(this.#document, 'keydown')
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe(() => {
        this.#waiting = false;
      });
  }

  take(heading: HTMLElement): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    heading.focus({ preventScroll: true });
  }
}
