import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Member } from '../../dev/member.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { ENSURE_MEMBER, GET_REQUEST } from './operations.ts';

let neighbourhood: Neighbourhood;
let requester: Member;
let provider: Member;
let states: SFNClient;
let events: EventBridgeClient;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open();
  requester = await neighbourhood.join('Rita');
  provider = await neighbourhood.join('Paul');
  const developer = {
    endpoint: neighbourhood.gatewayUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'developer', secretAccessKey: 'developer' },
  };
  states = new SFNClient(developer);
  events = new EventBridgeClient(developer);
});

afterEach(() => neighbourhood.expectBooksToBalance());

afterAll(() => neighbourhood.close());

async function executionOf(requestId: string): Promise<string> {
  const { getServiceRequest } = await requester.run<{
    getServiceRequest: { stepFunctionExecutionArn: string };
  }>(GET_REQUEST, { id: requestId });
  return getServiceRequest.stepFunctionExecutionArn;
}

describe('a request whose execution was stopped', () => {
  it('is taken up again, and goes on to be paid', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    const executionArn = await executionOf(requestId);

    await states.send(new StopExecutionCommand({ executionArn, cause: 'an operator slipped' }));

    await vi.waitFor(
      async () => {
        const { status, redriveCount } = await states.send(new DescribeExecutionCommand({ executionArn }));
        expect({ status, redriveCount }).toEqual({ status: 'RUNNING', redriveCount: 1 });
      },
      { timeout: 15_000 },
    );
    await neighbourhood.accept(provider, requestId);
    await neighbourhood.deliver(provider, requestId);
    await neighbourhood.confirm(requester, requestId);
  });

  it('over and over gives the hours back in the end', async () => {
    const before = await neighbourhood.balance(requester);
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    const executionArn = await executionOf(requestId);

    for (const redrives of [1, 2, 3]) {
      await states.send(new StopExecutionCommand({ executionArn }));
      if (redrives > 1) await neighbourhood.advance('PT11M');
      await vi.waitFor(
        async () => {
          const { redriveCount } = await states.send(new DescribeExecutionCommand({ executionArn }));
          expect(redriveCount).toBe(redrives);
        },
        { timeout: 15_000 },
      );
    }
    await states.send(new StopExecutionCommand({ executionArn }));

    const { statusReason } = await neighbourhood.until(requester, requestId, 'CANCELLED');
    expect(statusReason).toBe('SYSTEM_FAILURE');
    expect(await neighbourhood.balance(requester)).toMatchObject({
      availableBalance: before?.availableBalance,
    });
  });
});

describe('an event from elsewhere', () => {
  const put = (detailType: string, detail: Record<string, unknown>) =>
    events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: 'hourbank-event-bus',
            Source: 'hourbank.service-requests',
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    );

  it('submits and answers a request once, even if it comes twice', async () => {
    const offer = await neighbourhood.offer(provider);
    const requestId = randomUUID();
    const submission = {
      requestId,
      serviceId: offer.id,
      estimatedHours: 1,
      rate: 1,
      requesterId: requester.id,
    };
    const before = await neighbourhood.balance(requester);

    await put('Service Request Submitted', submission);
    await put('Service Request Submitted', submission);
    await vi.waitFor(() => neighbourhood.until(requester, requestId, 'AWAITING_RESPONSE'), {
      timeout: 20_000,
    });
    const answer = { requestId, response: 'ACCEPT', providerId: provider.id };
    await put('Provider Response Received', answer);
    await put('Provider Response Received', answer);

    await neighbourhood.until(requester, requestId, 'IN_PROGRESS');
    expect(await neighbourhood.balance(requester)).toMatchObject({
      availableBalance: (before?.availableBalance ?? 0) - 1,
    });
  });
});

describe('the welcome bonus', () => {
  it('comes once, however often a member asks to be made sure of', async () => {
    const newcomer = await neighbourhood.join('Nina');

    await Promise.all([
      newcomer.run(ENSURE_MEMBER),
      newcomer.run(ENSURE_MEMBER),
      newcomer.run(ENSURE_MEMBER),
    ]);

    expect(await neighbourhood.balance(newcomer)).toMatchObject({ totalBalance: 10, version: 1 });
  });
});

describe('IAM', () => {
  it('has refused nothing that HourBank does', async () => {
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));
    await neighbourhood.accept(provider, requestId);

    const response = await fetch(`${neighbourhood.gatewayUrl}/_local/iam`);
    const { callers } = (await response.json()) as { callers: Record<string, { refused: unknown[] }> };
    const refused = Object.entries(callers).filter(([, caller]) => caller.refused.length > 0);
    expect(refused).toEqual([]);
    expect(Object.keys(callers).length).toBeGreaterThan(20);
  });
});
