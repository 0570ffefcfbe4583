import type { StateOf } from '../definition/machine-definition.ts';
import type { Leave, Step } from '../engine/step.ts';

export function runSucceed(step: Step<StateOf<'Succeed'>>): Promise<Leave> {
  return step.leave({ Output: step.state.Output }, step.input);
}
