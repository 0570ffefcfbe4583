/**
 * Hours as members read them: "2 h", "1.75 h", "−0.5 h".
 * @param hours any number of hours; a quarter is 0.25
 * @param signed shows a plus too, for what comes in
 */
export function formatHours(hours: number, { signed = false }: { readonly signed?: boolean } = {}): string {
  const number = new Intl.NumberFormat($localize.locale ?? 'en-GB', {
    maximumFractionDigits: 2,
    signDisplay: signed ? 'exceptZero' : 'negative',
  }).format(hours);
  return $localize`:hours|a number of hours, short@@hours.short:${number.replace('-', '−')}:number: h`;
}
