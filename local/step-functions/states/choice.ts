import type { StateOf } from '../definition/machine-definition.ts';
import { EngineFailure } from '../engine/failure.ts';
import type { Leave, Step } from '../engine/step.ts';
import { expectBoolean } from '../query/expect-type.ts';

/**
 * Takes the first rule whose condition holds. A rule's Assign adds to that of the state, and its Output replaces it
 * (https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html).
 */
export async function runChoice(step: Step<StateOf<'Choice'>>): Promise<Leave> {
  const { Choices, Default, Assign, Output } = step.state;
  for (const [index, rule] of Choices.entries()) {
    const condition = await step.evaluate(rule.Condition, `Choices[${index}]/Condition`);
    if (!expectBoolean(condition)) continue;
    return step.leave(
      {
        Next: rule.Next,
        Assign: Assign || rule.Assign ? { ...Assign, ...rule.Assign } : undefined,
        Output: rule.Output === undefined ? Output : rule.Output,
      },
      step.input,
    );
  }
  if (Default === undefined)
    throw new EngineFailure(
      'States.NoChoiceMatched',
      'Failed to transition out of the state. The state does not point to a next state.',
    );
  return step.leave({ Next: Default, Assign, Output }, step.input);
}
