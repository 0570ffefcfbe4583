/** Checks the tokens of the API's user pool. */
export interface TokenVerifier {
  /**
   * Resolves to the claims of an id or access token. Throws where signature, expiry or issuer are not right; an error
   * named `JWTExpired` says that it was good once.
   */
  verify(jwt: string): Promise<Readonly<Record<string, unknown>>>;
}
