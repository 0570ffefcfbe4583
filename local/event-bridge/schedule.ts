const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Milliseconds between two runs of `rate(5 minutes)`. Throws for any other expression, naming it. */
export function rateInMilliseconds(expression: string): number {
  const match = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const unit = match?.[2] as keyof typeof UNITS | undefined;
  if (!unit) throw new Error(`The schedule "${expression}" is not supported: only rate(...) is`);
  return Number(match?.[1]) * UNITS[unit];
}
