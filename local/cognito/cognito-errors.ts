import { AwsServiceError } from '../gateway/aws-service.ts';

/** The refusals that more than one operation gives, with Cognito's own codes and words. */
export const notAuthorized = (message: string) => new AwsServiceError('NotAuthorizedException', message);

export const invalidParameter = (message: string) =>
  new AwsServiceError('InvalidParameterException', message);

export const wrongCredentials = () => notAuthorized('Incorrect username or password.');

export const userNotFound = () => new AwsServiceError('UserNotFoundException', 'User does not exist.');

export const notFound = (message: string) => new AwsServiceError('ResourceNotFoundException', message);

export const codeMismatch = () =>
  new AwsServiceError('CodeMismatchException', 'Invalid verification code provided, please try again.');

/** Also what Cognito says when no code was ever asked for. */
export const codeExpired = () =>
  new AwsServiceError('ExpiredCodeException', 'Invalid code provided, please request a code again.');

export const tooManyAttempts = () =>
  new AwsServiceError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
