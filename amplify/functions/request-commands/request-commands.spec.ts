import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestJourney } from '../../../dev/request-journey.ts';
import { startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import type { RefusalCode } from '../../../domain/refusal.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { NOW, STRANGER_ID } from '../../../domain/samples.ts';
import { waker } from '../shared/task-tokens.ts';
import { giveCommand } from './give-command.ts';

let database: ScratchDatabase;
let journey: RequestJourney;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());
beforeEach(() => {
  journey = new RequestJourney(database, NOW);
});
afterEach(async () => {
  expect(await database.breaches()).toEqual([]);
});

const refused = (code: RefusalCode) => expect.objectContaining({ name: 'Refusal', code }) as unknown;

describe('a submission', () => {
  let requesterId: string;
  let submission: Record<string, unknown>;

  beforeEach(async () => {
    const [requester, provider] = await Promise.all([journey.member(), journey.member()]);
    const { id: serviceId } = await journey.offer(provider);
    requesterId = requester;
    submission = { requestId: randomUUID(), serviceId, estimatedHours: 2, rate: 1, message: 'On Sunday?' };
  });

  const submit = (overrides: object = {}, userId = requesterId) =>
    journey.command('submitServiceRequest', userId, { ...submission, ...overrides });
  const idOf = () => String(submission['requestId']);

  it('answers the request as it now stands, and starts the workflow by its id', async () => {
    expect(await submit()).toEqual({
      id: idOf(),
      status: 'INITIATED',
      statusReason: null,
      revision: 1,
      pendingEvent: null,
      estimatedHours: 2,
      agreedRate: 1,
      agreedHours: null,
      amount: 2,
      expiresAt: null,
      updatedAt: NOW,
      escrowId: null,
      negotiationRound: 0,
      offeredHours: null,
      offeredRate: null,
      offeredAmount: null,
      disputeId: null,
      now: NOW,
    });
    expect(journey.started).toEqual([idOf()]);
    expect(await journey.request(idOf())).toMatchObject({
      requesterId,
      serviceTitle: 'Guitar lessons',
      message: 'On Sunday?',
      stepFunctionExecutionArn: expect.stringMatching(`:execution:.*:${idOf()}$`) as string,
    });
  });

  it('that comes twice is one request, and starts what the first try left unstarted', async () => {
    const first = await submit();
    expect(await submit()).toEqual(first);
    expect(journey.started).toEqual([idOf(), idOf()]);
    expect(
      (await database.rows<RequestRecord>('serviceRequest')).filter(({ id }) => id === idOf()),
    ).toHaveLength(1);
  });

  it('that comes again when its hours are held is still the same request', async () => {
    await submit({ estimatedHours: 10 });
    await journey.validate(idOf());
    await journey.hold(idOf());
    expect(await submit({ estimatedHours: 10 })).toMatchObject({ status: 'ESCROWED' });
    expect(journey.started).toHaveLength(1);
  });

  it('is refused with the id of another body', async () => {
    await submit();
    await expect(submit({ estimatedHours: 3 })).rejects.toEqual(refused('DUPLICATE_REQUEST'));
  });

  it('is refused with the id of another member', async () => {
    await submit();
    await expect(submit({}, await journey.member())).rejects.toEqual(refused('DUPLICATE_REQUEST'));
  });

  it.each<readonly [string, object, RefusalCode]>([
    ['hours of 0', { estimatedHours: 0 }, 'INVALID_HOURS'],
    ['negative hours', { estimatedHours: -2 }, 'INVALID_HOURS'],
    ['a tenth of an hour', { estimatedHours: 0.1 }, 'INVALID_HOURS'],
    ['hours that are not a number', { estimatedHours: NaN }, 'INVALID_HOURS'],
    ['hours without end', { estimatedHours: Infinity }, 'INVALID_HOURS'],
    ['hours as text', { estimatedHours: '2' }, 'INVALID_HOURS'],
    ['more hours than there are', { estimatedHours: 1e9 }, 'INVALID_HOURS'],
    ['more hours than are available', { estimatedHours: 10.25 }, 'INSUFFICIENT_HOURS'],
    ['another rate than is offered', { rate: 2 }, 'TERMS_CHANGED'],
    ['a rate of 0', { rate: 0 }, 'INVALID_RATE'],
    ['an offer that does not exist', { serviceId: 'nothing' }, 'OFFER_UNAVAILABLE'],
    ['an id that is no UUID', { requestId: 'mine' }, 'INVALID_INPUT'],
    ['a message without end', { message: 'a'.repeat(2001) }, 'INVALID_INPUT'],
  ])('is refused with %s, and nothing starts', async (_what, overrides, code) => {
    await expect(submit(overrides)).rejects.toEqual(refused(code));
    expect(journey.started).toEqual([]);
    await expect(journey.request(idOf())).rejects.toThrow('There is no request');
  });

  it('is refused for an inactive offer and for one of the own', async () => {
    const provider = await journey.member();
    const inactive = await journey.offer(provider, { active: false });
    await expect(submit({ serviceId: inactive.id })).rejects.toEqual(refused('OFFER_UNAVAILABLE'));
    const own = await journey.offer(requesterId);
    await expect(submit({ serviceId: own.id })).rejects.toEqual(refused('OWN_OFFER'));
  });

  it('is refused to whoever is not a member', async () => {
    await expect(submit({}, randomUUID())).rejects.toEqual(refused('NOT_A_MEMBER'));
  });
});

describe('a command', () => {
  const STAGES = ['submitted', 'awaiting', 'inProgress', 'completed', 'paid'] as const;
  const WHO = ['requester', 'provider'] as const;
  const COMMANDS = {
    ACCEPT: ['respondToServiceRequest', { response: 'ACCEPT' }],
    REJECT: ['respondToServiceRequest', { response: 'REJECT' }],
    CANCEL: ['cancelServiceRequest', {}],
    DELIVER: ['markServiceDelivered', {}],
    CHANGES: ['requestChanges', {}],
    CONFIRM: ['confirmServiceCompletion', {}],
  } as const;
  type Code = RefusalCode | 'DONE';

  /** Stage by stage: what each command answers, first to the requester, then to the provider. */
  const ANSWERS: Record<(typeof STAGES)[number], Record<keyof typeof COMMANDS, readonly [Code, Code]>> = {
    submitted: {
      ACCEPT: ['NOT_ALLOWED_NOW', 'TRY_AGAIN'],
      REJECT: ['NOT_ALLOWED_NOW', 'TRY_AGAIN'],
      CANCEL: ['TRY_AGAIN', 'NOT_ALLOWED_NOW'],
      DELIVER: ['NOT_YOUR_TURN', 'NOT_ALLOWED_NOW'],
      CHANGES: ['NOT_ALLOWED_NOW', 'NOT_YOUR_TURN'],
      CONFIRM: ['NOT_ALLOWED_NOW', 'NOT_YOUR_TURN'],
    },
    awaiting: {
      ACCEPT: ['NOT_YOUR_TURN', 'DONE'],
      REJECT: ['NOT_YOUR_TURN', 'DONE'],
      CANCEL: ['DONE', 'NOT_ALLOWED_NOW'],
      DELIVER: ['NOT_YOUR_TURN', 'NOT_ALLOWED_NOW'],
      CHANGES: ['NOT_ALLOWED_NOW', 'NOT_YOUR_TURN'],
      CONFIRM: ['NOT_ALLOWED_NOW', 'NOT_YOUR_TURN'],
    },
    inProgress: {
      ACCEPT: ['ALREADY_ANSWERED', 'ALREADY_ANSWERED'],
      REJECT: ['ALREADY_ANSWERED', 'ALREADY_ANSWERED'],
      CANCEL: ['NOT_ALLOWED_NOW', 'DONE'],
      DELIVER: ['NOT_YOUR_TURN', 'DONE'],
      CHANGES: ['ALREADY_ANSWERED', 'NOT_YOUR_TURN'],
      CONFIRM: ['NOT_ALLOWED_NOW', 'NOT_YOUR_TURN'],
    },
    completed: {
      ACCEPT: ['ALREADY_ANSWERED', 'ALREADY_ANSWERED'],
      REJECT: ['ALREADY_ANSWERED', 'ALREADY_ANSWERED'],
      CANCEL: ['NOT_ALLOWED_NOW', 'NOT_ALLOWED_NOW'],
      DELIVER: ['NOT_YOUR_TURN', 'ALREADY_ANSWERED'],
      CHANGES: ['DONE', 'NOT_YOUR_TURN'],
      CONFIRM: ['DONE', 'NOT_YOUR_TURN'],
    },
    paid: {
      ACCEPT: ['ALREADY_ANSWERED', 'ALREADY_ANSWERED'],
      REJECT: ['ALREADY_ANSWERED', 'ALREADY_ANSWERED'],
      CANCEL: ['NOT_ALLOWED_NOW', 'NOT_ALLOWED_NOW'],
      DELIVER: ['NOT_YOUR_TURN', 'ALREADY_ANSWERED'],
      CHANGES: ['ALREADY_ANSWERED', 'NOT_YOUR_TURN'],
      CONFIRM: ['ALREADY_ANSWERED', 'NOT_YOUR_TURN'],
    },
  };

  async function answerTo(
    request: RequestRecord,
    userId: string,
    command: keyof typeof COMMANDS,
  ): Promise<unknown> {
    const [name, args] = COMMANDS[command];
    try {
      await journey.command(name, userId, { requestId: request.id, ...args });
      return 'DONE';
    } catch (error) {
      return (error as { readonly code?: RefusalCode }).code ?? error;
    }
  }

  describe.each(STAGES)('on a request that is %s', (stage) => {
    it.each(WHO)('answers the %s as the life cycle says', async (who) => {
      const answers: Partial<Record<keyof typeof COMMANDS, unknown>> = {};
      let request = await journey[stage]();
      for (const command of Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]) {
        const userId = who === 'requester' ? request.requesterId : request.providerId;
        answers[command] = await answerTo(request, userId, command);
        if (answers[command] === 'DONE') request = await journey[stage](); // a refusal leaves it as it was
      }
      const expected = Object.entries(ANSWERS[stage]).map(([command, codes]) => [
        command,
        codes[WHO.indexOf(who)],
      ]);
      expect(answers).toEqual(Object.fromEntries(expected));
    });

    it('does not tell a stranger that there is one', async () => {
      const request = await journey[stage]();
      for (const command of Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])
        expect(await answerTo(request, STRANGER_ID, command)).toBe('NOT_FOUND');
    });
  });

  it('is refused the second time, and at once from two tabs only one is taken', async () => {
    const { id, providerId } = await journey.awaiting();
    const accept = () =>
      journey.command('respondToServiceRequest', providerId, { requestId: id, response: 'ACCEPT' });
    const reject = () =>
      journey.command('respondToServiceRequest', providerId, { requestId: id, response: 'REJECT' });

    const answers = await Promise.allSettled([accept(), reject()]);

    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: refused('ALREADY_ANSWERED'),
    });
    await expect(accept()).rejects.toEqual(refused('ALREADY_ANSWERED'));
  });

  it('refuses terms other than those shown', async () => {
    const { id, providerId } = await journey.awaiting();
    const accept = (shown: object) =>
      journey.command('respondToServiceRequest', providerId, { requestId: id, response: 'ACCEPT', ...shown });
    await expect(accept({ hours: 3 })).rejects.toEqual(refused('TERMS_CHANGED'));
    await expect(accept({ rate: 2 })).rejects.toEqual(refused('TERMS_CHANGED'));
    await expect(accept({ round: 1 })).rejects.toEqual(refused('TERMS_CHANGED'));
    expect(await accept({ round: 0, hours: 2, rate: 1 })).toMatchObject({ pendingEvent: 'ACCEPT' });
  });

  it('wakes the execution that waits already, and none that does not', async () => {
    const early = await journey.awaiting();
    await journey.command('respondToServiceRequest', early.providerId, {
      requestId: early.id,
      response: 'ACCEPT',
    });
    expect(journey.woken).toEqual([]);

    const waiting = await journey.awaiting();
    await journey.beginToWait(waiting, 'token');
    await journey.command('cancelServiceRequest', waiting.requesterId, { requestId: waiting.id });
    expect(journey.woken).toEqual(['token']);
  });

  it('shows its token to nobody', async () => {
    const waiting = await journey.awaiting();
    await journey.beginToWait(waiting, 'secret-token');
    const args = { requestId: waiting.id, response: 'ACCEPT' };
    const answer = await journey.command('respondToServiceRequest', waiting.providerId, args);
    expect(JSON.stringify([answer, journey.hints])).not.toContain('secret-token');
  });

  it('stands though its execution cannot be woken', async () => {
    const { id, requesterId: userId } = await journey.awaiting();
    const send = vi.fn().mockRejectedValue(new Error('throttled'));
    const edges = {
      waits: { command: () => journey.request(id).then((request) => ({ request, token: 'token' })) },
      wake: waker({ send }),
      tell: journey.emit,
      newId: randomUUID,
    };
    const caller = { userId, groups: [] };
    expect(await giveCommand(edges, { requestId: id, event: 'WITHDRAW' }, caller, NOW)).toMatchObject({ id });
    expect(send).toHaveBeenCalledOnce();
  });
});
