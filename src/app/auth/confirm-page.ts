import { Component, inject, input, linkedSignal, signal } from '@angular/core';
import { FormField, FormRoot, apply, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router } from '@angular/router';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { PageHeading } from '../shared/layout/page-heading';
import { AuthClient } from '../shared/session/auth-client';
import { safeReturnPath } from '../shared/session/return-path';
import { SessionStore } from '../shared/session/session-store';
import { authWords } from '../shared/wording/auth-words';
import { AuthLayout } from './auth-layout';
import { codeSchema, emailSchema } from './credentials';

/** The code from the email makes the account. */
@Component({
  selector: 'app-confirm-page',
  imports: [AuthLayout, PageHeading, FormRoot, FormField, MatButton, MatFormFieldModule, MatInput],
  templateUrl: './confirm-page.html',
})
export class ConfirmPage {
  readonly #auth = inject(AuthClient);
  readonly #session = inject(SessionStore);
  readonly #router = inject(Router);
  readonly email = input<string>();
  readonly next = input<string>();

  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly resent = signal(false);
  readonly #confirmation = linkedSignal(() => ({ email: this.email() ?? '', code: '' }));
  protected readonly form = form(
    this.#confirmation,
    (path) => {
      apply(path.email, emailSchema);
      apply(path.code, codeSchema);
    },
    { submission: { action: () => this.#confirm(), onInvalid: focusFirstError } },
  );

  protected async resend(): Promise<void> {
    this.failure.set(undefined);
    this.resent.set(false);
    try {
      await this.#auth.resendCode(this.#confirmation().email.trim());
      this.resent.set(true);
    } catch (error) {
      this.failure.set(authWords(error));
    }
  }

  async #confirm(): Promise<undefined> {
    const email = this.#confirmation().email.trim();
    this.failure.set(undefined);
    try {
      await this.#auth.confirm(email, this.#confirmation().code.trim());
      if (await this.#session.continueSignUp()) await this.#router.navigateByUrl(safeReturnPath(this.next()));
      else await this.#router.navigate(['/sign-in'], { queryParams: { email, next: this.next() } });
    } catch (error) {
      this.failure.set(authWords(error));
    }
  }
}
