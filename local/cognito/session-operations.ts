import type { AwsOperation } from '../gateway/aws-service.ts';
import { metadata, publicOperation, text } from './cognito-operation.ts';
import type { CognitoParts } from './cognito-parts.ts';

/** Renewing and ending sessions. */
export function sessionOperations({ pools, tokens, store }: CognitoParts): Record<string, AwsOperation> {
  return {
    GetTokensFromRefreshToken: publicOperation(
      { ClientId: text, RefreshToken: text, ClientMetadata: metadata },
      async (input) => {
        const { client } = pools.byClient(input.ClientId);
        return {
          AuthenticationResult: await tokens.refresh(client, input.RefreshToken, input.ClientMetadata),
        };
      },
    ),

    RevokeToken: publicOperation({ ClientId: text, Token: text }, (input) => {
      const { client } = pools.byClient(input.ClientId);
      tokens.revoke(client, input.Token);
      return {};
    }),

    GlobalSignOut: publicOperation({ AccessToken: text }, async (input) => {
      const { pool, user } = await tokens.userOf(input.AccessToken);
      store.endSessionsOf(pool.id, user.username);
      return {};
    }),
  };
}
