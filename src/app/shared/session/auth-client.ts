import { Service } from '@angular/core';
import {
  autoSignIn,
  confirmResetPassword,
  confirmSignUp,
  fetchAuthSession,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
} from 'aws-amplify/auth';

/** Who is signed in, as the token says. */
export interface SignedIn {
  /** Cognito sub: the member's id everywhere. */
  readonly id: string;
  readonly isAdmin: boolean;
  /** As given at sign-up. */
  readonly nickname?: string;
}

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  /** The name that other members see. */
  readonly displayName: string;
}

/** What is left to do after a sign-in. */
export type SignInOutcome = 'SIGNED_IN' | 'CONFIRM_SIGN_UP' | 'RESET_PASSWORD';

/** Cognito, by `aws-amplify/auth`. Its errors come through unchanged: `authWords` words them. */
@Service()
export class AuthClient {
  /** Nothing if nobody is signed in, or the session cannot be refreshed any more. */
  async current(): Promise<SignedIn | undefined> {
    const { userSub, tokens } = await fetchAuthSession();
    if (userSub === undefined || !tokens) return undefined;
    const groups = tokens.accessToken.payload['cognito:groups'];
    const nickname = tokens.idToken?.payload['nickname'];
    return {
      id: userSub,
      isAdmin: Array.isArray(groups) && groups.includes('admin'),
      ...(typeof nickname === 'string' && { nickname }),
    };
  }

  async signUp({ email, password, displayName }: NewAccount): Promise<void> {
    await signUp({
      username: email,
      password,
      options: { userAttributes: { email, nickname: displayName }, autoSignIn: true },
    });
  }

  async confirm(email: string, code: string): Promise<void> {
    await confirmSignUp({ username: email, confirmationCode: code });
  }

  /** Signs in with the password of the sign-up just confirmed. False if this page no longer has it. */
  async continueSignUp(): Promise<boolean> {
    try {
      return (await autoSignIn()).isSignedIn;
    } catch {
      return false;
    }
  }

  async resendCode(email: string): Promise<void> {
    await resendSignUpCode({ username: email });
  }

  async signIn(email: string, password: string): Promise<SignInOutcome> {
    const { nextStep } = await signIn({ username: email, password });
    switch (nextStep.signInStep) {
      case 'DONE':
        return 'SIGNED_IN';
      case 'CONFIRM_SIGN_UP':
        return 'CONFIRM_SIGN_UP';
      case 'RESET_PASSWORD':
        return 'RESET_PASSWORD';
      default:
        throw new Error(`Sign-in asks for ${nextStep.signInStep}, which HourBank does not use`);
    }
  }

  async signOut(): Promise<void> {
    await signOut();
  }

  async requestReset(email: string): Promise<void> {
    await resetPassword({ username: email });
  }

  async reset(email: string, code: string, newPassword: string): Promise<void> {
    await confirmResetPassword({ username: email, confirmationCode: code, newPassword });
  }
}
