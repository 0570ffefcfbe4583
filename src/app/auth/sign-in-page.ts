import { Component, inject, input, linkedSignal, signal } from '@angular/core';
import { FormField, FormRoot, apply, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { isEmbedded } from '../shared/api/backend-connection';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { PageHeading } from '../shared/layout/page-heading';
import { safeReturnPath } from '../shared/session/return-path';
import { SessionStore } from '../shared/session/session-store';
import { authWords } from '../shared/wording/auth-words';
import { AuthLayout } from './auth-layout';
import { DEMO_MEMBERS, DEMO_PASSWORD } from './demo-members';
import { emailSchema, knownPasswordSchema } from './credentials';
import { PasswordField } from './password-field';

@Component({
  selector: 'app-sign-in-page',
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
  templateUrl: './sign-in-page.html',
})
export class SignInPage {
  readonly #session = inject(SessionStore);
  readonly #router = inject(Router);
  /** Where the visitor wanted to go. */
  readonly next = input<string>();
  /** The address they came with, from a confirmed sign-up or a reset. */
  readonly email = input<string>();

  protected readonly demoMembers = isEmbedded() ? DEMO_MEMBERS : [];
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #credentials = linkedSignal(() => ({ email: this.email() ?? '', password: '' }));
  protected readonly form = form(
    this.#credentials,
    (path) => {
      apply(path.email, emailSchema);
      apply(path.password, knownPasswordSchema);
    },
    { submission: { action: () => this.#signIn(), onInvalid: focusFirstError } },
  );

  protected useDemoMember(email: string): void {
    this.#credentials.set({ email, password: DEMO_PASSWORD });
  }

  async #signIn(): Promise<undefined> {
    const { email, password } = this.#credentials();
    this.failure.set(undefined);
    try {
      const outcome = await this.#session.signIn(email.trim(), password);
      const queryParams = { email: email.trim(), next: this.next() };
      if (outcome === 'SIGNED_IN') await this.#router.navigateByUrl(safeReturnPath(this.next()));
      else
        await this.#router.navigate([outcome === 'CONFIRM_SIGN_UP' ? '/confirm' : '/forgot-password'], {
          queryParams,
        });
    } catch (error) {
      this.failure.set(authWords(error));
    }
  }
}
