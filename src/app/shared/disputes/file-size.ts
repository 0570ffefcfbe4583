const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** How large a file is, as members read it: "471 kB", "2.2 MB". */
export function fileSize(bytes: number): string {
  const [amount, unit] =
    bytes < MEGABYTE
      ? ([Math.max(1, Math.round(bytes / KILOBYTE)), 'kilobyte'] as const)
      : ([bytes / MEGABYTE, 'megabyte'] as const);
  return new Intl.NumberFormat($localize.locale ?? 'en-GB', {
    style: 'unit',
    unit,
    maximumFractionDigits: 1,
  }).format(amount);
}
