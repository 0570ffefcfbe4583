import { randomUUID } from 'node:crypto';
import { createDisputeWriter } from '../shared/dispute-writer.ts';
import { connect } from '../shared/dynamo.ts';
import { environment, outOfReach, tableNames } from '../shared/environment.ts';
import { emitter, quietly } from '../shared/events.ts';
import { createEvidenceWriter } from '../shared/evidence-writer.ts';
import type { Operation } from '../shared/refusals.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { waker } from '../shared/task-tokens.ts';
import { createWaitWriter } from '../shared/wait-writer.ts';
import { addEvidence } from './add-evidence.ts';
import { addStatement } from './add-statement.ts';
import { answerSettlement } from './answer-settlement.ts';
import { evidenceFiles } from './evidence-files.ts';
import { getEvidenceUrl } from './get-evidence-url.ts';
import { openDispute } from './open-dispute.ts';
import { proposeSettlement } from './propose-settlement.ts';
import { requestEvidenceUpload } from './request-evidence-upload.ts';
import { resolveDispute } from './resolve-dispute.ts';

/** What parties and admins do in a dispute, wired to this function's environment. Throws as `environment` does. */
export function disputeCommands() {
  const env = environment(['EVENT_BUS_NAME', 'EVIDENCE_BUCKET']);
  const tables = {
    ...tableNames(['serviceRequest', 'notification', 'wait', 'dispute', 'evidence']),
    ...outOfReach(['requestStep']),
  };
  const dynamo = connect();
  const edges = {
    disputes: createDisputeWriter({ dynamo, tables }),
    evidence: createEvidenceWriter({ dynamo, tables }),
    files: evidenceFiles(env.EVIDENCE_BUCKET),
    requests: createRequestWriter({ dynamo, tables }),
    waits: createWaitWriter({ dynamo, tables }),
    wake: waker(),
    tell: quietly(emitter(env.EVENT_BUS_NAME)),
    newId: randomUUID,
  };
  return {
    openDispute: openDispute(edges),
    proposeSettlement: proposeSettlement(edges),
    answerSettlement: answerSettlement(edges),
    resolveDispute: resolveDispute(edges),
    addStatement: addStatement(edges),
    requestEvidenceUpload: requestEvidenceUpload(edges),
    addEvidence: addEvidence(edges),
    getEvidenceUrl: getEvidenceUrl(edges),
  } satisfies Record<string, Operation>;
}
