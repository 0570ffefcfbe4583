import type { Line } from './conversation-store';

/** What was said on one day, in the member's own time zone. */
export interface Day {
  /** "Today", "Yesterday", or the date. */
  readonly words: string;
  readonly lines: readonly Line[];
}

/**
 * Divides a conversation, oldest first, into its days.
 * @param now milliseconds since the epoch, by the server's clock
 */
export function daysOf(lines: readonly Line[], now: number): readonly Day[] {
  const days: { words: string; lines: Line[] }[] = [];
  for (const line of lines) {
    const words = dayWords(Date.parse(line.at), now);
    const last = days.at(-1);
    if (last?.words === words) last.lines.push(line);
    else days.push({ words, lines: [line] });
  }
  return days;
}

function dayWords(moment: number, now: number): string {
  const day = dateOf(moment);
  if (day === dateOf(now)) return $localize`:@@day.today:Today`;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dateOf(yesterday.getTime())) return $localize`:@@day.yesterday:Yesterday`;
  return day;
}

const dateOf = (milliseconds: number): string =>
  new Intl.DateTimeFormat($localize.locale ?? 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(milliseconds);
