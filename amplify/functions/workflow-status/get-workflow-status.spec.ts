import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RequestJourney } from '../../../dev/request-journey.ts';
import { startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { HOUR, after } from '../../../domain/instant.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { NOW, STRANGER_ID } from '../../../domain/samples.ts';
import { readSteps } from '../shared/request-steps.ts';
import { getWorkflowStatus } from './get-workflow-status.ts';

let database: ScratchDatabase;
let journey: RequestJourney;
let request: RequestRecord;

beforeAll(async () => {
  database = await startScratchDatabase();
  journey = new RequestJourney(database, NOW);
  request = await journey.awaiting();
});
afterAll(() => database.stop());

const statusFor = (userId: string, groups: readonly string[] = [], requestId = request.id) => {
  const executionStatus = vi.fn().mockResolvedValue('RUNNING');
  const operation = getWorkflowStatus({
    requestOf: (id) => journey.requests.request(id),
    stepsOf: (about) => readSteps(database.dynamo, database.tables.requestStep, about),
    executionStatus,
  });
  return operation({ requestId }, { userId, groups }, NOW);
};

describe('the status of a workflow', () => {
  it('says to a party where the request stands, whom it waits for and until when', async () => {
    for (const party of [request.requesterId, request.providerId])
      expect(await statusFor(party)).toMatchObject({
        requestId: request.id,
        status: 'AWAITING_RESPONSE',
        revision: 4,
        pendingEvent: null,
        waitingFor: 'PROVIDER',
        waitingUntil: after(NOW, 48 * HOUR),
        executionStatus: 'RUNNING',
        now: NOW,
      });
  });

  it('has every step in the order in which it happened', async () => {
    const { steps } = (await statusFor(request.requesterId)) as {
      steps: { event: string; actorRole: string }[];
    };
    expect(steps.map(({ event, actorRole }) => [event, actorRole])).toEqual([
      ['SUBMIT', 'REQUESTER'],
      ['START_VALIDATION', 'SYSTEM'],
      ['HOLD_HOURS', 'SYSTEM'],
      ['TELL_PROVIDER', 'SYSTEM'],
    ]);
  });

  it('is for admins too', async () => {
    expect(await statusFor(STRANGER_ID, ['admin'])).toMatchObject({ requestId: request.id });
  });

  it('is the same no to a stranger as for a request that does not exist', async () => {
    const notFound = expect.objectContaining({ code: 'NOT_FOUND' }) as unknown;
    await expect(statusFor(STRANGER_ID)).rejects.toEqual(notFound);
    await expect(statusFor(request.requesterId, [], crypto.randomUUID())).rejects.toEqual(notFound);
  });

  it('waits for the system while an answer is carried out', async () => {
    const { id, providerId } = request;
    await journey.command('respondToServiceRequest', providerId, { requestId: id, response: 'ACCEPT' });
    expect(await statusFor(providerId)).toMatchObject({ waitingFor: 'SYSTEM', pendingEvent: 'ACCEPT' });
  });
});
