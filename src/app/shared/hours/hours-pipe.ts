import { Pipe } from '@angular/core';
import type { PipeTransform } from '@angular/core';
import { formatHours } from './format-hours';

@Pipe({ name: 'hours' })
export class HoursPipe implements PipeTransform {
  transform(hours: number, sign?: 'signed'): string {
    return formatHours(hours, { signed: sign === 'signed' });
  }
}
