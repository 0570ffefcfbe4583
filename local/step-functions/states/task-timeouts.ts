import type { Clock } from '../../clock/clock.ts';
import { TimeoutFailure } from '../engine/failure.ts';
import type { TaskProgress } from '../engine/frame.ts';

/** Throws TimeoutFailure when `TimeoutSeconds` have gone by since the Task was scheduled. */
export async function timeUp(task: TaskProgress, clock: Clock, signal: AbortSignal): Promise<never> {
  if (task.timeoutSeconds === undefined) return never();
  await clock.until(task.scheduledAt + task.timeoutSeconds * 1000, signal);
  return giveUp(task, false);
}

/** Throws TimeoutFailure when no heartbeat has come for `HeartbeatSeconds`. */
export async function heartbeatLost(task: TaskProgress, clock: Clock, signal: AbortSignal): Promise<never> {
  if (task.heartbeatSeconds === undefined) return never();
  const due = () => task.heartbeatAt + (task.heartbeatSeconds ?? 0) * 1000;
  while (clock.now() < due()) await clock.until(due(), signal);
  return giveUp(task, true);
}

/** An outcome that has been acknowledged to its sender counts, even if time ran out while it was being written. */
function giveUp(task: TaskProgress, heartbeat: boolean): Promise<never> {
  if (task.outcome) return never();
  throw new TimeoutFailure(heartbeat);
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
