import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { auditTime, filter } from 'rxjs';
import type { Change } from './progress-store';
import { ProgressStore } from './progress-store';

/** Hints come in handfuls (request, balance, notification of one step); one reading answers them all. */
const GATHER_MS = 150;

/**
 * Reads again whenever something that `concerns` the caller may have changed, and after every reconnect. To be
 * called in an injection context; ends with it.
 */
export function reloadOn(
  concerns: (change: Exclude<Change, { kind: 'ANYTHING' }>) => boolean,
  reload: () => void,
): void {
  inject(ProgressStore)
    .changes.pipe(
      filter((change) => change.kind === 'ANYTHING' || concerns(change)),
      auditTime(GATHER_MS),
      takeUntilDestroyed(),
    )
    .subscribe(reload);
}
