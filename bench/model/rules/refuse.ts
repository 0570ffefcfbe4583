import type { RefusalCode } from '../../../domain/refusal.ts';

export class Refused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

export const refuse = (code: RefusalCode): never => {
  throw new Refused(code);
};
