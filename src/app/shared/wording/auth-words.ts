/** What Cognito refused, in words. Never says whether an address has an account, except at sign-up. */
export function authWords(error: unknown): string {
  switch (error instanceof Error ? error.name : undefined) {
    case 'NotAuthorizedException':
    case 'UserNotFoundException':
      return $localize`:@@auth.wrong:Email or password is not right.`;
    case 'UsernameExistsException':
    case 'AliasExistsException':
      return $localize`:@@auth.exists:There is an account with this email already. Sign in, or reset the password.`;
    case 'CodeMismatchException':
      return $localize`:@@auth.codeMismatch:This code is not right. Check the latest email, or have a new code sent.`;
    case 'ExpiredCodeException':
      return $localize`:@@auth.codeExpired:This code is no longer valid. Have a new one sent.`;
    case 'InvalidPasswordException':
      return $localize`:@@auth.weakPassword:The password is too weak: at least 8 characters, with capital and small letters, a digit and a sign.`;
    case 'InvalidParameterException':
    case 'EmptySignInUsername':
    case 'EmptySignInPassword':
      return $localize`:@@auth.invalid:Something in what you entered is not right. Please check it.`;
    case 'UserNotConfirmedException':
      return $localize`:@@auth.unconfirmed:This account is not confirmed yet. Enter the code we sent you.`;
    case 'PasswordResetRequiredException':
      return $localize`:@@auth.resetRequired:This account needs a new password.`;
    case 'LimitExceededException':
    case 'TooManyRequestsException':
    case 'TooManyFailedAttemptsException':
      return $localize`:@@auth.tooMany:Too many tries. Wait a few minutes, then try again.`;
    case 'CodeDeliveryFailureException':
      return $localize`:@@auth.delivery:We could not send an email to this address. Check that it is spelled right.`;
    case 'NetworkError':
      return $localize`:@@auth.offline:We cannot reach HourBank. Check your connection and try again.`;
    default:
      return $localize`:@@auth.unexpected:That did not work, and it is not your fault. Please try again.`;
  }
}
