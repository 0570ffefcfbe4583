/** Reads an argument as text: what a template hands over may be anything. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Null, and undefined where JavaScript left an argument out. */
export function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
