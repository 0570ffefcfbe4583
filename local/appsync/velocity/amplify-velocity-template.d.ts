/** The parser of AWS' own Velocity port ships without types. */
declare module 'amplify-velocity-template' {
  const velocity: {
    /** Throws where the text is not Velocity. The tree is described in `syntax.ts`. */
    parse(template: string): unknown;
  };
  export default velocity;
}
