import type { StateOf } from '../definition/machine-definition.ts';
import { Failure } from '../engine/failure.ts';
import type { Step } from '../engine/step.ts';
import { expectString } from '../query/expect-type.ts';

export async function runFail(step: Step<StateOf<'Fail'>>): Promise<never> {
  throw new Failure(await text(step, 'Error', step.state.Error), await text(step, 'Cause', step.state.Cause));
}

async function text(
  step: Step<StateOf<'Fail'>>,
  field: string,
  source?: string,
): Promise<string | undefined> {
  return source === undefined ? undefined : expectString(await step.evaluate(source, field));
}
