import { ResolverError } from '../resolver-error.ts';
import type { HostFunctions } from '../velocity/host-object.ts';
import { text } from './arguments.ts';

/** Epoch milliseconds; the embedded clock is one. */
export interface TimeSource {
  now(): number;
}

/** `util.time`. Formats with a pattern of Java's are not offered: AppSync's own format strings are ISO 8601. */
export function timeUtil(clock: TimeSource): HostFunctions {
  return {
    nowISO8601: () => new Date(clock.now()).toISOString(),
    nowEpochSeconds: () => Math.floor(clock.now() / 1000),
    nowEpochMilliSeconds: () => clock.now(),
    epochMilliSecondsToSeconds: (milliseconds) => Math.floor(Number(milliseconds) / 1000),
    epochMilliSecondsToISO8601: (milliseconds) => new Date(Number(milliseconds)).toISOString(),
    parseISO8601ToEpochMilliSeconds(value) {
      const milliseconds = Date.parse(text(value));
      if (Number.isNaN(milliseconds))
        throw new ResolverError(`Unable to parse \`${text(value)}\` as a date and time`, 'MappingTemplate');
      return milliseconds;
    },
  };
}
