import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { openPage } from '../../testing/screen';
import { SessionStore } from '../shared/session/session-store';
import { ConfirmPage } from './confirm-page';
import { ForgotPasswordPage } from './forgot-password-page';
import { ResetPasswordPage } from './reset-password-page';
import { SignInPage } from './sign-in-page';
import { SignUpPage } from './sign-up-page';

const GOOD_PASSWORD = 'Sourdough-7';

describe('the way in', () => {
  let backend: FakeBackend;
  const here = (): string => TestBed.inject(Router).url;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.auth.signedIn = undefined;
  });

  describe('sign in', () => {
    it('goes where the visitor wanted to go', async () => {
      const screen = await openPage(SignInPage, backend, { url: '/page?next=%2Frequests%2F7' });
      await screen.type('Email', ' ada@example.org ');
      await screen.type('Password', GOOD_PASSWORD);
      await screen.press('Sign in');

      expect(backend.auth.asked).toEqual([['signIn', 'ada@example.org', GOOD_PASSWORD]]);
      expect(TestBed.inject(SessionStore).isSignedIn()).toBe(true);
      expect(here()).toBe('/requests/7');
    });

    it('says what Cognito refused, and keeps what was typed', async () => {
      backend.auth.refusal = 'NotAuthorizedException';
      const screen = await openPage(SignInPage, backend);
      await screen.type('Email', 'ada@example.org');
      await screen.type('Password', 'wrong');
      await screen.press('Sign in');

      expect(screen.announced).toContain('Email or password is not right.');
      expect(screen.field('Email').value).toBe('ada@example.org');
    });

    it('leads an account that is not confirmed to its code', async () => {
      backend.auth.outcome = 'CONFIRM_SIGN_UP';
      const screen = await openPage(SignInPage, backend);
      await screen.type('Email', 'ada@example.org');
      await screen.type('Password', GOOD_PASSWORD);
      await screen.press('Sign in');

      expect(here()).toBe('/confirm?email=ada@example.org');
    });

    it('asks Cognito nothing while a field is not right, and leads to it', async () => {
      const screen = await openPage(SignInPage, backend);
      await screen.type('Email', 'ada');
      await screen.press('Sign in');

      expect(backend.auth.asked).toEqual([]);
      expect(screen.text).toContain('This does not look like an email address.');
      expect(document.activeElement).toBe(screen.field('Email'));
    });

    it('shows a password to whoever wants to see it', async () => {
      const screen = await openPage(SignInPage, backend);
      expect(screen.field('Password').type).toBe('password');

      await screen.press('Show password');

      expect(screen.field('Password').type).toBe('text');
      expect(screen.button('Show password').getAttribute('aria-pressed')).toBe('true');
    });

    it('offers no demo members but on one machine', async () => {
      const screen = await openPage(SignInPage, backend);

      expect(screen.text).not.toContain('demo');
    });
  });

  describe('sign up', () => {
    it('makes an account with a name for the neighbours, and asks for the code', async () => {
      const screen = await openPage(SignUpPage, backend, { url: '/page?next=%2Foffers%2F3' });
      await screen.type('Your name', ' Ada ');
      await screen.type('Email', 'ada@example.org');
      await screen.type('Password', GOOD_PASSWORD);
      await screen.press('Create account');

      expect(backend.auth.asked).toEqual([
        ['signUp', { displayName: 'Ada', email: 'ada@example.org', password: GOOD_PASSWORD }],
      ]);
      expect(here()).toBe('/confirm?email=ada@example.org&next=%2Foffers%2F3');
    });

    it.each(['short-A1', 'nocapital-7', 'NOSMALL-7', 'NoDigits-here', 'NoSign77'])(
      'refuses a weak password before it is sent (%s)',
      async (password) => {
        const screen = await openPage(SignUpPage, backend);
        await screen.type('Your name', 'Ada');
        await screen.type('Email', 'ada@example.org');
        await screen.type('Password', password === 'short-A1' ? 'sh-A1' : password);
        await screen.press('Create account');

        expect(backend.auth.asked).toEqual([]);
      },
    );

    it('says that the address has an account', async () => {
      backend.auth.refusal = 'UsernameExistsException';
      const screen = await openPage(SignUpPage, backend);
      await screen.type('Your name', 'Ada');
      await screen.type('Email', 'ada@example.org');
      await screen.type('Password', GOOD_PASSWORD);
      await screen.press('Create account');

      expect(screen.announced.join()).toContain('There is an account with this email already.');
    });
  });

  describe('the code', () => {
    it('confirms and goes on, signed in', async () => {
      const screen = await openPage(ConfirmPage, backend, {
        url: '/page?email=ada@example.org&next=%2Fwallet',
      });
      await screen.type('Code', '123456');
      await screen.press('Confirm');

      expect(backend.auth.asked[0]).toEqual(['confirm', 'ada@example.org', '123456']);
      expect(here()).toBe('/wallet');
    });

    it('asks to sign in where the password is gone with a reload', async () => {
      backend.auth.canContinue = false;
      const screen = await openPage(ConfirmPage, backend, { url: '/page?email=ada@example.org' });
      await screen.type('Code', '123456');
      await screen.press('Confirm');

      expect(here()).toBe('/sign-in?email=ada@example.org');
    });

    it('is sent again when asked, and says so', async () => {
      const screen = await openPage(ConfirmPage, backend, { url: '/page?email=ada@example.org' });
      await screen.press('Send a new code');

      expect(backend.auth.asked).toEqual([['resendCode', 'ada@example.org']]);
      expect(screen.announced.join()).toContain('A new code is on its way.');
    });
  });

  describe('a forgotten password', () => {
    it('does not tell whether an address has an account', async () => {
      backend.auth.refusal = 'UserNotFoundException';
      const screen = await openPage(ForgotPasswordPage, backend);
      await screen.type('Email', 'nobody@example.org');
      await screen.press('Send the code');

      expect(here()).toBe('/reset-password?email=nobody@example.org');
    });

    it('is replaced with the code', async () => {
      const screen = await openPage(ResetPasswordPage, backend, { url: '/page?email=ada@example.org' });
      await screen.type('Code', ' 654321 ');
      await screen.type('New password', GOOD_PASSWORD);
      await screen.press('Set the password');

      expect(backend.auth.asked).toEqual([['reset', 'ada@example.org', '654321', GOOD_PASSWORD]]);
      expect(here()).toBe('/sign-in?email=ada@example.org');
    });
  });
});
