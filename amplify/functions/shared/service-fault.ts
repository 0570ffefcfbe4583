import { Refusal } from '../../../domain/refusal.ts';

/**
 * Something of ours failed that may well succeed next time. The name is the contract with the state machines, whose retry
 * policy lists it.
 */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
}

/** Errors that the same input brings about again: retrying them only delays the end. */
const PERMANENT = new Set([
  'TypeError',
  'RangeError',
  'ReferenceError',
  '$ZodError',
  'BrokenRule',
  'EscrowMoved',
  'StaleRequest',
  'PaymentDecided',
  'PostingConflict',
]);

/** What a worker throws to its state machine: as it is when it would fail again, as `ServiceFault` otherwise. */
export function asFault(error: unknown): Error {
  if (error instanceof Refusal) return error;
  if (error instanceof ServiceFault) return error;
  if (error instanceof Error && PERMANENT.has(error.name)) return error;
  return new ServiceFault(error instanceof Error ? `${error.name}: ${error.message}` : String(error), {
    cause: error,
  });
}

/** Our rows contradict what must hold: never retried, always looked at. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule';
}
