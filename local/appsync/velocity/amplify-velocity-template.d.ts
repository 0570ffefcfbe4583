/** The parser of AWS' own Velocity port ships without types. */
declare module 'amplify-velocity-template' {
  /** Throws where the text is not Velocity. The tree is described in `syntax.ts`. */
  export function parse(template: string): unknown;
}
