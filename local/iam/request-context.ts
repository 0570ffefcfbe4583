/** Condition keys and their values; keys are compared without regard to case. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

export function requestContext(values: Readonly<Record<string, string | readonly string[]>>): RequestContext {
  return new Map(
    Object.entries(values).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
}

export const contextValues = (context: RequestContext, key: string): readonly string[] | undefined =>
  context.get(key.toLowerCase());
