/** The real thing and the model part. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}
