import { describe, expect, it } from 'vitest';
import type { Definition, State } from './asl-lint.ts';
import { definitionOf, definitions, stateOf } from './definitions.ts';
import { FAULTS, strayFaults } from './faults.ts';

it('says of every state machine, and of no other, where its faults leave held hours', () => {
  expect(Object.keys(FAULTS).sort()).toEqual(Object.keys(definitions).sort());
});

describe.each(Object.entries(FAULTS))('a fault of ours in %s', (machine, rule) => {
  it('gives every held hour back, or stops where the payment is decided', () => {
    expect(strayFaults(definitionOf(machine), rule)).toEqual([]);
  });
});

describe('the check of faults', () => {
  const original = definitionOf('service-request');
  const rule = FAULTS['service-request'] ?? 'HOLDS_NO_HOURS';
  const changed = (name: string, change: Partial<State>): Definition => ({
    ...original,
    States: { ...original.States, [name]: { ...stateOf(original, name), ...change } },
  });
  const { Catch: _, ...uncaught } = stateOf(original, 'NotifyProvider');
  const { Default: __, ...closed } = stateOf(original, 'RouteDelivery');
  const catches = (Next: string) => ({ Catch: [{ ErrorEquals: ['States.ALL'], Next }] });

  it.each<[string, Definition, string]>([
    [
      'a task that catches nothing',
      { ...original, States: { ...original.States, NotifyProvider: uncaught } },
      'NotifyProvider does not catch every fault: it keeps the hours',
    ],
    [
      'a task that catches only some faults',
      changed('NotifyProvider', { Catch: [{ ErrorEquals: ['BrokenRule'], Next: 'CompensateRequest' }] }),
      'NotifyProvider does not catch every fault: it keeps the hours',
    ],
    [
      'a fault that ends without a refund',
      changed('NotifyProvider', catches('RequestRefused')),
      'a fault in NotifyProvider may end in RequestRefused',
    ],
    [
      'a wait that leads around the step behind it',
      changed('WaitForDelivery', catches('RequestRefused')),
      'a fault in WaitForDelivery may end in RequestRefused',
    ],
    [
      'a choice that fails on what it does not know',
      { ...original, States: { ...original.States, RouteDelivery: closed } },
      'RouteDelivery has no Default: an outcome that it does not know keeps the hours',
    ],
    [
      'a refund of what may be confirmed',
      changed('ProcessConfirmation', catches('CompensateRequest')),
      'ProcessConfirmation has a Catch: its fault must stop the execution',
    ],
    [
      'a refund of an outcome that may be a confirmation',
      changed('RouteConfirmation', { Default: 'CompensateRequest' }),
      'RouteConfirmation has a Default: an outcome that it does not know must stop the execution',
    ],
    [
      'a refund behind the payment',
      changed('PayProvider', { Next: 'RefundEscrow' }),
      'PayProvider is decided, but leads to RefundEscrow',
    ],
  ])('sees %s', (_name, definition, sentence) => {
    expect(strayFaults(definition, rule)).toEqual([sentence]);
  });

  it.each([
    ['every fault', 'States.ALL', 'ValidateEscrowCancellation'],
    ['every fault of a task', 'States.TaskFailed', 'ValidateEscrowCancellation'],
    ['one fault, and is not done', 'StaleRequest', 'CompleteEscrowCancellation'],
  ])('sees a refund that catches %s', (_name, error, Next) => {
    const cancellation = definitionOf('escrow-cancellation');
    const UpdateBalances = {
      ...stateOf(cancellation, 'UpdateBalances'),
      Catch: [{ ErrorEquals: [error], Next }],
    };
    expect(
      strayFaults(
        { ...cancellation, States: { ...cancellation.States, UpdateBalances } },
        FAULTS['escrow-cancellation'] ?? 'HOLDS_NO_HOURS',
      ),
    ).toEqual(['UpdateBalances has a Catch: its fault must stop the execution']);
  });
});
