import type { StateOf } from '../definition/machine-definition.ts';
import type { Leave, Step } from '../engine/step.ts';

export function runPass(step: Step<StateOf<'Pass'>>): Promise<Leave> {
  return step.leave(step.state, step.input);
}
