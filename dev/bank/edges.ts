import { randomUUID } from 'node:crypto';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { EvidenceFiles } from '../../amplify/functions/dispute-commands/evidence-files.ts';
import { nameMember } from '../../amplify/functions/process-direct-transfer/name-member.ts';
import { accountLock } from '../../amplify/functions/shared/account-lock.ts';
import { createAdminActions } from '../../amplify/functions/shared/admin-actions.ts';
import { createDisputeWriter } from '../../amplify/functions/shared/dispute-writer.ts';
import { readRow } from '../../amplify/functions/shared/dynamo.ts';
import type { Emit } from '../../amplify/functions/shared/events.ts';
import { createEvidenceWriter } from '../../amplify/functions/shared/evidence-writer.ts';
import { createLedgerWriter } from '../../amplify/functions/shared/ledger-writer.ts';
import { createMessageWriter } from '../../amplify/functions/shared/message-writer.ts';
import { createRequestWriter } from '../../amplify/functions/shared/request-writer.ts';
import { createReviewWriter } from '../../amplify/functions/shared/review-writer.ts';
import { BACKOFF } from '../../amplify/functions/shared/retry.ts';
import { submissionFacts } from '../../amplify/functions/shared/submission-facts.ts';
import type { Wake } from '../../amplify/functions/shared/task-tokens.ts';
import { adjustmentStart } from '../../amplify/functions/shared/transaction-start.ts';
import { createWaitWriter, type WaitRow } from '../../amplify/functions/shared/wait-writer.ts';
import { startOnce, workflowAt } from '../../amplify/functions/shared/workflow.ts';
import type { Adjustment } from '../../domain/admin-action.ts';
import type { Account } from '../../domain/ledger.ts';
import { waitIdOf } from '../../domain/request.ts';
import { stateMachineArn } from '../../local/step-functions/arns.ts';
import type { ScratchDatabase } from '../scratch-database.ts';

/** Collisions are tried again at once: in one process nobody needs a second to get out of the way. */
const QUICK = { ...BACKOFF, base: 1, longest: 10 };

export interface Outside {
  readonly states: Pick<SFNClient, 'send'>;
  readonly wake: Wake;
  readonly emit: Emit;
}

export type Edges = ReturnType<typeof edgesOf>;

/** Everything that commands and workers take, wired to one database as the handlers wire it to the functions' tables. */
export function edgesOf({ dynamo, tables }: ScratchDatabase, { states, wake, emit }: Outside) {
  const quick = { dynamo, tables, backoff: QUICK };
  return {
    requests: createRequestWriter(quick),
    ledger: createLedgerWriter(quick),
    waits: createWaitWriter(quick),
    disputes: createDisputeWriter(quick),
    evidence: createEvidenceWriter(quick),
    files: filesInMemory(),
    messages: createMessageWriter(quick),
    reviews: createReviewWriter(quick),
    publication: workflowAt(stateMachineArn('review-publication'), states),
    nameMember: nameMember(dynamo, tables),
    actions: createAdminActions(quick),
    setLock: accountLock(quick),
    start: (asked: Adjustment) =>
      startOnce(states, stateMachineArn('transaction-processing'), adjustmentStart(asked)),
    waitOf: async ({ id, revision }: { readonly id: string; readonly revision: number }) =>
      (await readRow(dynamo, tables.wait, { id: waitIdOf(id, revision) })) as WaitRow | undefined, // ours alone
    factsOf: (about: { serviceId: string; requesterId: string }) => submissionFacts(dynamo, tables, about),
    accountOf: async (userId: string) =>
      (await readRow(dynamo, tables.userBalance, { userId })) as Account | undefined, // written by the ledger alone
    workflow: workflowAt(stateMachineArn('service-request'), states),
    wake,
    emit,
    tell: emit,
    alarm: () => undefined,
    newId: randomUUID,
  };
}

/** A bucket for what a test uploads: `keep` under the key of an upload is the upload. */
function filesInMemory(): EvidenceFiles {
  const files = new Map<string, Uint8Array>();
  return {
    uploadUrl: (key) => Promise.resolve(`memory:${key}`),
    url: (key) => Promise.resolve(`memory:${key}`),
    read: (key) => Promise.resolve(files.get(key)),
    keep: (key, _type, content) => {
      files.set(key, content);
      return Promise.resolve();
    },
    remove: (key) => {
      files.delete(key);
      return Promise.resolve();
    },
  };
}
