/** The RFC 3339 profile of ISO 8601 that Step Functions asks for: capital T, seconds, and an offset or Z. */
const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

export function isTimestamp(text: string): boolean {
  return parseTimestamp(text) !== undefined;
}

/** Epoch milliseconds, or undefined where the text is not a timestamp or names a day that does not exist. */
export function parseTimestamp(text: string): number | undefined {
  const [, year, month, day] = TIMESTAMP.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const lastOfMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) > lastOfMonth) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
