import { Component, inject, input, linkedSignal, signal } from '@angular/core';
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
import { emailSchema } from './credentials';

@Component({
  selector: 'app-forgot-password-page',
  imports: [
    AuthLayout,
    PageHeading,
    FormRoot,
    FormField,
    MatButton,
    MatFormFieldModule,
    MatInput,
    RouterLink,
  ],
  template: `
    <app-auth-layout>
      <div class="stack">
        <h1 appPageHeading i18n>Forgotten your password?</h1>
        <p class="lead" i18n>It happens. We send you a code, and with it you choose a new one.</p>
      </div>
      <form class="form" [formRoot]="form">
        <mat-form-field>
          <mat-label i18n>Email</mat-label>
          <input
            matInput
            type="email"
            inputmode="email"
            autocomplete="username"
            autocapitalize="none"
            [formField]="form.email"
          />
          @if (form.email().errors()[0]; as error) {
            <mat-error>{{ error.message }}</mat-error>
          }
        </mat-form-field>
        @if (failure(); as words) {
          <p class="notice bad" role="alert">{{ words }}</p>
        }
        <button matButton="filled" type="submit" [disabled]="form().submitting()" i18n>Send the code</button>
        <a matButton routerLink="/sign-in" [queryParams]="{ email: form.email().value(), next: next() }" i18n>
          Back to sign in
        </a>
      </form>
    </app-auth-layout>
  `,
})
export class ForgotPasswordPage {
  readonly #auth = inject(AuthClient);
  readonly #router = inject(Router);
  readonly email = input<string>();
  readonly next = input<string>();

  protected readonly failure = signal<string | undefined>(undefined);
  readonly #address = linkedSignal(() => ({ email: this.email() ?? '' }));
  protected readonly form = form(
    this.#address,
    (path) => {
      apply(path.email, emailSchema);
    },
    { submission: { action: () => this.#request(), onInvalid: focusFirstError } },
  );

  async #request(): Promise<undefined> {
    const email = this.#address().email.trim();
    this.failure.set(undefined);
    try {
      await this.#auth.requestReset(email);
    } catch (error) {
      // Whether an address has an account is nobody's business: an unknown one goes on like a known one.
      if (!(error instanceof Error && error.name === 'UserNotFoundException')) {
        this.failure.set(authWords(error));
        return;
      }
    }
    await this.#router.navigate(['/reset-password'], { queryParams: { email, next: this.next() } });
  }
}
