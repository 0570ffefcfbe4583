import { Service } from '@angular/core';

/** Ids that the client makes. A class, so that a test can foresee them. */
@Service()
export class NewId {
  /** A version 4 UUID. */
  uuid(): string {
    return crypto.randomUUID();
  }
}
