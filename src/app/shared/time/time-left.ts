const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What is left until a deadline, in the two largest units that matter: "1 day 23 h", "4 h 10 min", "35 s".
 * @param milliseconds from the server's now to the deadline; below zero the time is up
 */
export function timeLeft(milliseconds: number): string {
  if (milliseconds <= 0) return $localize`:@@time.up:time is up`;
  if (milliseconds < MINUTE) {
    return $localize`:@@time.seconds:${Math.ceil(milliseconds / 1_000)}:seconds: s`;
  }
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  if (days > 1) return $localize`:@@time.days:${days}:days: days ${hours}:hours: h`;
  if (days === 1) return $localize`:@@time.day:1 day ${hours}:hours: h`;
  if (hours > 0) return $localize`:@@time.hours:${hours}:hours: h ${minutes}:minutes: min`;
  return $localize`:@@time.minutes:${minutes}:minutes: min`;
}
