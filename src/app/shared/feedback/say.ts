import { Service, inject } from '@angular/core';
import { MatSnackBar, MatSnackBarConfig } from '@angular/material/snack-bar';
import { errorWords } from '../wording/error-words';

const READING_MS = 6_000;

/** Tells the member what an action did. A snack bar is a live region, so it is read out too. */
@Service()
export class Say {
  readonly #snackBar = inject(MatSnackBar);

  done(message: string): void {
    this.#snackBar.open(message, undefined, lasting(READING_MS));
  }

  failed(error: unknown): void {
    const config = Object.assign(lasting(READING_MS * 2), { politeness: 'assertive' as const });
    this.#snackBar.open(errorWords(error), $localize`:@@say.close:Close`, config);
  }
}

const lasting = (duration: number): MatSnackBarConfig => Object.assign(new MatSnackBarConfig(), { duration });
