import { LOCALE_ID, Pipe, inject } from '@angular/core';
import type { PipeTransform } from '@angular/core';

const FORMATS = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A moment (ISO 8601) in the member's own time zone: "24 Nov, 14:05". */
@Pipe({ name: 'moment' })
export class MomentPipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);

  transform(iso: string, format: keyof typeof FORMATS = 'moment'): string {
    return new Intl.DateTimeFormat(this.#locale, FORMATS[format]).format(new Date(iso));
  }
}
