import { MINUTE, after, type Instant } from '../../../domain/instant.ts';
import type { Execution } from '../shared/executions.ts';

/** An execution that went wrong is taken up again so many times. */
export const REDRIVES = 3;

/** Between two redrives, so that whatever was broken has time to heal; seconds. */
const REDRIVE_PAUSE = 10 * MINUTE;

/** What is to be done about an execution that went wrong; `attempt` counts redrives from 1. */
export type Redrive =
  { readonly todo: 'REDRIVE'; readonly attempt: number } | { readonly todo: 'WAIT' | 'GIVE_UP' };

/** The first redrive comes at once, the next ones after a pause. */
export function redriveOf({ redriveCount = 0, redriveStatus, stopDate }: Execution, now: Instant): Redrive {
  const attempt = redriveCount + 1;
  if (attempt > REDRIVES || redriveStatus !== 'REDRIVABLE') return { todo: 'GIVE_UP' };
  const stopped = stopDate?.toISOString() ?? now;
  const isEarly = attempt > 1 && after(stopped, REDRIVE_PAUSE) > now;
  return isEarly ? { todo: 'WAIT' } : { todo: 'REDRIVE', attempt };
}
