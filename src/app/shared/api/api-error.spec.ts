import { describe, expect, it } from 'vitest';
import { ApiError, isOffline, toApiError } from './api-error';

describe('what went wrong, told from what Amplify throws', () => {
  it('keeps the code of a refusal', () => {
    const answer = {
      data: null,
      errors: [{ errorType: 'INSUFFICIENT_HOURS', message: 'There are not enough' }],
    };

    expect(toApiError(answer).code).toBe('INSUFFICIENT_HOURS');
  });

  it('calls a row that the caller may not see not found', () => {
    expect(
      toApiError({ errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access' }] }).code,
    ).toBe('NOT_FOUND');
  });

  it.each([
    { errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] },
    { errors: [{ message: 'No current user', name: 'GraphQLApiError' }] },
    Object.assign(new Error('User needs to be authenticated'), { name: 'UserUnAuthenticatedException' }),
  ])('asks to sign in again when the session is gone (%#)', (thrown) => {
    expect(toApiError(thrown).code).toBe('SIGNED_OUT');
  });

  it('tells a lost network from a fault of ours', () => {
    const lost = toApiError({
      data: {},
      errors: [{ message: 'A network error has occurred.', originalError: new TypeError('Failed to fetch') }],
    });

    expect(isOffline(lost)).toBe(true);
    expect(
      toApiError({ errors: [{ errorType: 'Lambda:Unhandled', message: 'x is not a function' }] }).code,
    ).toBe('UNEXPECTED');
  });

  it('leaves an error that is already typed alone', () => {
    const refusal = new ApiError('OWN_OFFER');

    expect(toApiError(refusal)).toBe(refusal);
  });
});
