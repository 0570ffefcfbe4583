import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { UserStore } from './user-store.ts';

/** A pool's RSA key, made once per install. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** For answers about users who do not exist; follows from the private key, so that it stays the same. */
  readonly decoySecret: Uint8Array;
}

/** The key of a pool; made and stored at the first call. */
export function loadSigningKey(store: UserStore, poolId: string): SigningKey {
  const pem = store.signingKey(poolId, () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  );
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  const decoySecret = new Uint8Array(hkdfSync('sha256', pem, '', 'users who do not exist', 32));
  return { id, privateKey, publicKey, decoySecret };
}

/** One entry of the pool's `/.well-known/jwks.json`. */
export function publicJwk({ id, publicKey }: SigningKey) {
  const { e, n } = publicKey.export({ format: 'jwk' });
  return { alg: 'RS256', e, kid: id, kty: 'RSA', n, use: 'sig' };
}
