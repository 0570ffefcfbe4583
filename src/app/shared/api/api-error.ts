import { REFUSALS } from '../../../../domain/refusal';
import type { RefusalCode } from '../../../../domain/refusal';

/** What can go wrong beside a refusal: no network, no session, or a fault that is ours. */
export type FaultCode = 'OFFLINE' | 'SIGNED_OUT' | 'UNEXPECTED';
export type ErrorCode = RefusalCode | FaultCode;

/** Every error that a client of `shared/api` throws. Worded by `errorWords`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string = code, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const isOffline = (error: unknown): boolean => codeOf(error) === 'OFFLINE';

export const codeOf = (error: unknown): ErrorCode => (error instanceof ApiError ? error.code : 'UNEXPECTED');

/** One error of a GraphQL answer, as Amplify hands it over; AppSync adds `errorType`. */
export interface GraphQlFault {
  readonly message?: string;
  readonly errorType?: string | null;
  readonly originalError?: unknown;
  readonly name?: string;
  readonly recoverySuggestion?: string;
}

/** Turns whatever Amplify threw or answered into an `ApiError`. */
export function toApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  const fault = firstFault(cause);
  return new ApiError(codeOfFault(fault), fault?.message ?? String(cause), { cause });
}

function firstFault(cause: unknown): GraphQlFault | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  if ('errors' in cause && Array.isArray(cause.errors)) return cause.errors[0] as GraphQlFault | undefined;
  return cause;
}

function codeOfFault(fault: GraphQlFault | undefined): ErrorCode {
  const type = fault?.errorType ?? undefined;
  if (type !== undefined && isRefusalCode(type)) return type;
  if (type === 'Unauthorized') return 'NOT_FOUND'; // AppSync's word for a row that the caller may not see
  if (isSessionFault(fault)) return 'SIGNED_OUT';
  if (isNetworkFault(fault)) return 'OFFLINE';
  return 'UNEXPECTED';
}

const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code);

function isSessionFault(fault: GraphQlFault | undefined): boolean {
  const said = `${fault?.name ?? ''} ${fault?.errorType ?? ''} ${fault?.message ?? ''} ${fault?.recoverySuggestion ?? ''}`;
  return /UnauthorizedException|NoSignedUser|NotAuthorizedException|UserUnAuthenticated|No current user|NoValidAuthTokens|status code 401/.test(
    said,
  );
}

function isNetworkFault(fault: GraphQlFault | undefined): boolean {
  const origin = fault?.originalError;
  const said = `${fault?.name ?? ''} ${fault?.message ?? ''} ${origin instanceof Error ? `${origin.name} ${origin.message}` : ''}`;
  return /NetworkError|network error|Failed to fetch|Load failed/i.test(said) || !navigator.onLine;
}
