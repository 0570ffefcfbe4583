import { Directive, ElementRef, afterNextRender, inject } from '@angular/core';
import { NavigationFocus } from './navigation-focus';

/** The `h1` of a page: takes the focus after a navigation, so that a screen reader starts reading here. */
@Directive({ selector: 'h1[appPageHeading]', host: { tabindex: '-1' } })
export class PageHeading {
  readonly #focus = inject(NavigationFocus);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef);

  constructor() {
    afterNextRender(() => {
      this.#focus.take(this.#element.nativeElement);
    });
  }
}
