import type { Checksum } from './checksums.ts';

/** What is to be stored, piece by piece; throws at its end where it is not whole. */
export interface ObjectBody extends AsyncIterable<Uint8Array> {
  /** Known at the end, where the client sent one. */
  readonly checksum?: Checksum | undefined;
}
