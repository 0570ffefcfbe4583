/**
 * The paths that executions take through every state machine, told as stories. Together they must visit all there is in
 * its file: each state, each way out of it (Next, each rule of a Choice, Default, each Catch, End), and each retrier, once
 * until the task recovers and once until it gives up. `paths.spec.ts` plays them on the embedded Step Functions and names what the
 * histories leave out.
 *
 * To add a machine, or a state:
 * 1. Write `<file>.paths.ts` beside this file and list its `Matrix` below under the name of the `.asl.json` file.
 * 2. Tell the best story first: `{ name, tasks, ends, passes, receives }`. `tasks` has the turns of each task in order:
 *    `answers(payload)` for a function, `wakes()`, `timesOut()` or `conditionFails()` for a wait, `child(output)` or
 *    `childFails()` for a child execution, `fails(error)` for one try, `failsForGood(error)` for all that the retrier makes.
 *    `receives` is what a task was given and `lasts` its timeout, visit by visit, as far as the story cares.
 * 3. `...withFaults(story)` takes every retrier on it once. `unless(story, task, FAILS_FOR_GOOD, ending)` uses one up and
 *    goes on as `ending` tells (`parkedBy(FAULT)` where nothing catches); `though(story, task, twist)` changes a turn that
 *    must change nothing else.
 * 4. Run `npx vitest run --project unit workflows/paths`: it names what no path has visited yet.
 */
import { disputeResolution } from './dispute-resolution.paths.ts';
import { balanceReconciliation } from './balance-reconciliation.paths.ts';
import { escrowCancellation } from './escrow-cancellation.paths.ts';
import { escrowManagement } from './escrow-management.paths.ts';
import type { Matrix } from './path.ts';
import { reviewPublication } from './review-publication.paths.ts';
import { serviceRequest } from './service-request.paths.ts';
import { transactionProcessing } from './transaction-processing.paths.ts';

export const MATRICES: Readonly<Record<string, Matrix>> = {
  'service-request': serviceRequest,
  'dispute-resolution': disputeResolution,
  'escrow-management': escrowManagement,
  'escrow-cancellation': escrowCancellation,
  'transaction-processing': transactionProcessing,
  'balance-reconciliation': balanceReconciliation,
  'review-publication': reviewPublication,
};
