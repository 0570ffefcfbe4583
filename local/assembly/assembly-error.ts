/** The synthesized backend says something that the embedded AWS does not understand. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}
