import { Component, inject, input, linkedSignal, signal } from '@angular/core';
import { FormField, FormRoot, apply, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { Say } from '../shared/feedback/say';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { PageHeading } from '../shared/layout/page-heading';
import { AuthClient } from '../shared/session/auth-client';
import { authWords } from '../shared/wording/auth-words';
import { AuthLayout } from './auth-layout';
import { codeSchema, emailSchema, newPasswordSchema } from './credentials';
import { PasswordField } from './password-field';

@Component({
  selector: 'app-reset-password-page',
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
  template: `
    <app-auth-layout>
      <div class="stack">
        <h1 appPageHeading i18n>Choose a new password</h1>
        <p class="lead" i18n>If this address has an account, a code is on its way to it.</p>
      </div>
      <form class="form" [formRoot]="form">
        <mat-form-field>
          <mat-label i18n>Email</mat-label>
          <input matInput type="email" inputmode="email" autocomplete="username" [formField]="form.email" />
          @if (form.email().errors()[0]; as error) {
            <mat-error>{{ error.message }}</mat-error>
          }
        </mat-form-field>
        <mat-form-field>
          <mat-label i18n>Code</mat-label>
          <input
            matInput
            type="text"
            inputmode="numeric"
            autocomplete="one-time-code"
            [formField]="form.code"
          />
          @if (form.code().errors()[0]; as error) {
            <mat-error>{{ error.message }}</mat-error>
          }
        </mat-form-field>
        <app-password-field
          label="New password"
          i18n-label
          hint="At least 8 characters: capital and small letters, a digit and a sign."
          i18n-hint
          autocomplete="new-password"
          [field]="form.password"
        />
        @if (failure(); as words) {
          <p class="notice bad" role="alert">{{ words }}</p>
        }
        <button matButton="filled" type="submit" [disabled]="form().submitting()" i18n>
          Set the password
        </button>
        <a matButton routerLink="/forgot-password" [queryParams]="{ email: form.email().value() }" i18n>
          Send a new code
        </a>
      </form>
    </app-auth-layout>
  `,
})
export class ResetPasswordPage {
  readonly #auth = inject(AuthClient);
  readonly #router = inject(Router);
  readonly #say = inject(Say);
  readonly email = input<string>();
  readonly next = input<string>();

  protected readonly failure = signal<string | undefined>(undefined);
  readonly #reset = linkedSignal(() => ({ email: this.email() ?? '', code: '', password: '' }));
  protected readonly form = form(
    this.#reset,
    (path) => {
      apply(path.email, emailSchema);
      apply(path.code, codeSchema);
      apply(path.password, newPasswordSchema);
    },
    { submission: { action: () => this.#setPassword(), onInvalid: focusFirstError } },
  );

  async #setPassword(): Promise<undefined> {
    const { email, code, password } = this.#reset();
    this.failure.set(undefined);
    try {
      await this.#auth.reset(email.trim(), code.trim(), password);
      this.#say.done($localize`:@@reset.done:Your password is changed. Sign in with it.`);
      await this.#router.navigate(['/sign-in'], { queryParams: { email: email.trim(), next: this.next() } });
    } catch (error) {
      this.failure.set(authWords(error));
    }
  }
}
