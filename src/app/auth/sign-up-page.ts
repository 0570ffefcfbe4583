import { Component, inject, input, signal } from '@angular/core';
import { FormField, FormRoot, apply, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { PageHeading } from '../shared/layout/page-heading';
import { AuthClient } from '../shared/session/auth-client';
import { authWords } from '../shared/wording/auth-words';
import { AuthLayout } from './auth-layout';
import { displayNameSchema, emailSchema, newPasswordSchema } from './credentials';
import { PasswordField } from './password-field';

@Component({
  selector: 'app-sign-up-page',
  imports: [
    AuthLayout,
    PageHeading,
    FormRoot,
    FormField,
    MatButton,
    MatFormFieldModule,
    MatInput,
    PasswordField,
    RouterLink,
  ],
  templateUrl: './sign-up-page.html',
})
export class SignUpPage {
  readonly #auth = inject(AuthClient);
  readonly #router = inject(Router);
  readonly next = input<string>();

  protected readonly failure = signal<string | undefined>(undefined);
  readonly #account = signal({ displayName: '', email: '', password: '' });
  protected readonly form = form(
    this.#account,
    (path) => {
      apply(path.displayName, displayNameSchema);
      apply(path.email, emailSchema);
      apply(path.password, newPasswordSchema);
    },
    { submission: { action: () => this.#signUp(), onInvalid: focusFirstError } },
  );

  async #signUp(): Promise<undefined> {
    const { displayName, email, password } = this.#account();
    const account = { displayName: displayName.trim(), email: email.trim(), password };
    this.failure.set(undefined);
    try {
      await this.#auth.signUp(account);
      await this.#router.navigate(['/confirm'], { queryParams: { email: account.email, next: this.next() } });
    } catch (error) {
      this.failure.set(authWords(error));
    }
  }
}
