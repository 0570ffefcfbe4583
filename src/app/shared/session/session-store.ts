import { Service, computed, inject, signal } from '@angular/core';
import { AuthClient } from './auth-client';
import type { SignInOutcome, SignedIn } from './auth-client';

/** Who is signed in. */
@Service()
export class SessionStore {
  readonly #auth = inject(AuthClient);
  readonly #member = signal<SignedIn | undefined>(undefined);

  readonly member = this.#member.asReadonly();
  readonly isSignedIn = computed(() => this.#member() !== undefined);
  /** As the token says; the server checks it again with everything that only admins may. */
  readonly isAdmin = computed(() => this.#member()?.isAdmin ?? false);

  /** Takes up the session that the browser kept, if it is still good. */
  async restore(): Promise<void> {
    try {
      this.#member.set(await this.#auth.current());
    } catch {
      this.#member.set(undefined);
    }
  }

  /** @throws Cognito's errors */
  async signIn(email: string, password: string): Promise<SignInOutcome> {
    const outcome = await this.#auth.signIn(email, password);
    if (outcome === 'SIGNED_IN') this.#member.set(await this.#auth.current());
    return outcome;
  }

  /** After a confirmed sign-up. False if the member has to type the password again. */
  async continueSignUp(): Promise<boolean> {
    const signedIn = await this.#auth.continueSignUp();
    if (signedIn) this.#member.set(await this.#auth.current());
    return signedIn;
  }

  /** The server no longer takes this session: the member must sign in again. */
  expire(): void {
    this.#member.set(undefined);
  }

  /** Forgets the session here, also where Cognito cannot be reached to hear of it. */
  async signOut(): Promise<void> {
    try {
      await this.#auth.signOut();
    } finally {
      this.#member.set(undefined);
    }
  }
}
