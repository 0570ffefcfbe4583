import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../../domain/refusal.ts';
import { NOW } from '../../../domain/samples.ts';
import type { Operation } from '../shared/refusals.ts';
import { foreignEventSchema, startServiceRequest } from './start-service-request.ts';

function stage() {
  const edges = { submitServiceRequest: vi.fn<Operation>(), respondToServiceRequest: vi.fn<Operation>() };
  const run = startServiceRequest(edges);
  return { ...edges, run: (event: object) => run(foreignEventSchema.parse(event), NOW) };
}

const submission = { requestId: 'r', serviceId: 's', estimatedHours: 2, rate: 1 };
const submitted = {
  'detail-type': 'Service Request Submitted',
  detail: { ...submission, requesterId: 'ana' },
};
const answered = {
  'detail-type': 'Provider Response Received',
  detail: { requestId: 'r', providerId: 'ben', response: 'ACCEPT' },
};

describe('an event from elsewhere', () => {
  it('submits on behalf of its requester', async () => {
    const { run, submitServiceRequest } = stage();
    await run(submitted);
    expect(submitServiceRequest).toHaveBeenCalledWith(submission, { userId: 'ana', groups: [] }, NOW);
  });

  it('answers on behalf of its provider', async () => {
    const { run, respondToServiceRequest } = stage();
    await run(answered);
    const response = { requestId: 'r', response: 'ACCEPT' };
    expect(respondToServiceRequest).toHaveBeenCalledWith(response, { userId: 'ben', groups: [] }, NOW);
  });

  it('that is refused is not delivered again, one that fails is', async () => {
    const { run, submitServiceRequest } = stage();
    submitServiceRequest.mockRejectedValueOnce(new Refusal('OFFER_UNAVAILABLE'));
    await expect(run(submitted)).resolves.toBeUndefined();
    submitServiceRequest.mockRejectedValueOnce(new Error('throttled'));
    await expect(run(submitted)).rejects.toThrow('throttled');
  });

  it('of another kind, or on behalf of nobody, is not parsed', () => {
    expect(
      foreignEventSchema.safeParse({ ...submitted, 'detail-type': 'Service Request Changed' }).success,
    ).toBe(false);
    expect(foreignEventSchema.safeParse({ ...submitted, detail: submission }).success).toBe(false);
  });
});
