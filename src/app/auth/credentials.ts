import { email, maxLength, minLength, pattern, required, schema } from '@angular/forms/signals';

export const PASSWORD_MIN_LENGTH = 8;
const NAME_MAX_LENGTH = 80;
/** The user pool's policy: capital and small letters, a digit and a sign. */
const STRONG = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9\s]).*$/;

export const emailSchema = schema<string>((path) => {
  required(path, { message: $localize`:@@field.email.required:Enter your email address.` });
  email(path, { message: $localize`:@@field.email.invalid:This does not look like an email address.` });
});

export const newPasswordSchema = schema<string>((path) => {
  required(path, { message: $localize`:@@field.password.required:Choose a password.` });
  minLength(path, PASSWORD_MIN_LENGTH, {
    message: $localize`:@@field.password.short:Use at least ${PASSWORD_MIN_LENGTH}:count: characters.`,
  });
  pattern(path, STRONG, {
    message: $localize`:@@field.password.weak:Use capital and small letters, a digit and a sign.`,
  });
});

export const knownPasswordSchema = schema<string>((path) => {
  required(path, { message: $localize`:@@field.password.missing:Enter your password.` });
});

export const codeSchema = schema<string>((path) => {
  required(path, { message: $localize`:@@field.code.required:Enter the code from the email.` });
  pattern(path, /^\s*\d{6}\s*$/, { message: $localize`:@@field.code.invalid:The code has six digits.` });
});

export const displayNameSchema = schema<string>((path) => {
  required(path, { message: $localize`:@@field.name.required:Tell your neighbours what to call you.` });
  pattern(path, /\S/, { message: $localize`:@@field.name.required:Tell your neighbours what to call you.` });
  maxLength(path, NAME_MAX_LENGTH, {
    message: $localize`:@@field.name.long:Use at most ${NAME_MAX_LENGTH}:count: characters.`,
  });
});
