import { Service, inject } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { ConfirmDialog } from './confirm-dialog';
import type { Confirmed, Question } from './confirm-dialog';

/** Asks the member a question and waits for the answer: nothing if it was "not now". */
@Service()
export class Ask {
  readonly #dialog = inject(MatDialog);

  async confirm(question: Question): Promise<Confirmed | undefined> {
    const config = Object.assign(new MatDialogConfig<Question>(), {
      data: question,
      width: '440px',
      maxWidth: 'calc(100vw - 32px)',
      autoFocus: 'first-heading', // not the note: on a phone its keyboard would cover the question
    });
    const opened = this.#dialog.open<ConfirmDialog, Question, Confirmed>(ConfirmDialog, config);
    return await firstValueFrom(opened.afterClosed());
  }
}
