import { Service, inject } from '@angular/core';
import type { Type } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { ConfirmDialog } from './confirm-dialog';
import type { Confirmed, Question } from './confirm-dialog';

/** Asks the member something and waits for the answer: nothing if it was "not now". */
@Service()
export class Ask {
  readonly #dialog = inject(MatDialog);

  /** Asks before something is done. */
  async confirm(question: Question): Promise<Confirmed | undefined> {
    return await this.fill<Confirmed>(ConfirmDialog, question);
  }

  /** Opens a dialog with more to fill in than a note. It closes with the answer. */
  async fill<Answer>(dialog: Type<unknown>, data: unknown): Promise<Answer | undefined> {
    const config = Object.assign(new MatDialogConfig(), {
      data,
      width: '440px',
      maxWidth: 'calc(100vw - 32px)',
      autoFocus: 'first-heading', // not the note: on a phone its keyboard would cover the question
    });
    const opened = this.#dialog.open<unknown, unknown, Answer>(dialog, config);
    return await firstValueFrom(opened.afterClosed());
  }
}
