import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Member } from '../../dev/member.ts';
import { Neighbourhood, refusal } from './neighbourhood.ts';
import type { Offer } from './neighbourhood.ts';
import {
  CANCEL,
  CONFIRM,
  DELIVER,
  REQUEST_CHANGES,
  RESPOND,
  SUBMIT,
  UPDATE_OFFER,
  WORKFLOW_STATUS,
} from './operations.ts';

let neighbourhood: Neighbourhood;
let requester: Member;
let provider: Member;
let stranger: Member;
let offer: Offer;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open();
  requester = await neighbourhood.join('Rita');
  provider = await neighbourhood.join('Paul');
  stranger = await neighbourhood.join('Sam');
  offer = await neighbourhood.offer(provider);
});

afterEach(() => neighbourhood.expectBooksToBalance());

afterAll(() => neighbourhood.close());

/** Everybody's hours: a refused call moves nothing. */
async function balances() {
  return Promise.all([requester, provider, stranger].map((member) => neighbourhood.balance(member)));
}

describe('a submission is refused', () => {
  it.each([
    ['no hours', { estimatedHours: 0 }, 'INVALID_HOURS'],
    ['negative hours', { estimatedHours: -1 }, 'INVALID_HOURS'],
    ['a tenth of an hour', { estimatedHours: 0.1 }, 'INVALID_HOURS'],
    ['more hours than anybody has', { estimatedHours: 1e9 }, 'INVALID_HOURS'],
    ['too few hours', { estimatedHours: 10.25 }, 'INSUFFICIENT_HOURS'],
    ['another rate than the one shown', { rate: 0.5 }, 'TERMS_CHANGED'],
    ['an offer that does not exist', { serviceId: 'no-such-offer' }, 'OFFER_UNAVAILABLE'],
    ['an id that is not a UUID', { requestId: '1' }, 'INVALID_INPUT'],
    ['a message that has no end', { message: 'x'.repeat(20_000) }, 'INVALID_INPUT'],
  ])('with %s', async (_, overrides, code) => {
    const before = await balances();

    const refused = await refusal(requester, SUBMIT, neighbourhood.submission(offer, overrides));

    expect(refused).toBe(code);
    expect(await balances()).toEqual(before);
  });

  it.each([
    ['NaN', Number.NaN],
    ['a text', '2'],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('with %s for hours, by GraphQL itself', async (_, estimatedHours) => {
    const before = await balances();

    const { data, errors } = await requester.graphql(
      SUBMIT,
      neighbourhood.submission(offer, { estimatedHours }),
    );

    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toMatch(/estimatedHours|Float|null/);
    expect(await balances()).toEqual(before);
  });

  it("for the member's own offer", async () => {
    expect(await refusal(provider, SUBMIT, neighbourhood.submission(offer))).toBe('OWN_OFFER');
  });

  it('for an offer that is not active', async () => {
    const closed = await neighbourhood.offer(provider, { active: false });

    expect(await refusal(requester, SUBMIT, neighbourhood.submission(closed))).toBe('OFFER_UNAVAILABLE');
  });

  it('when its offer became dearer since it was shown', async () => {
    const raised = await neighbourhood.offer(provider);
    await provider.run(UPDATE_OFFER, { input: { id: raised.id, rate: 2 } });

    expect(await refusal(requester, SUBMIT, neighbourhood.submission(raised))).toBe('TERMS_CHANGED');
  });
});

describe('a request id', () => {
  it('submitted twice makes one request', async () => {
    const submission = neighbourhood.submission(offer, { estimatedHours: 0.25 });
    const before = await neighbourhood.balance(requester);

    await Promise.all([requester.run(SUBMIT, submission), requester.run(SUBMIT, submission)]);
    await neighbourhood.until(requester, submission.requestId, 'AWAITING_RESPONSE');
    await requester.run(SUBMIT, submission);

    expect(await neighbourhood.balance(requester)).toMatchObject({
      availableBalance: (before?.availableBalance ?? 0) - 0.25,
    });
    await requester.run(CANCEL, { requestId: submission.requestId });
    await neighbourhood.until(requester, submission.requestId, 'CANCELLED');
  });

  it('submitted again with another body is refused', async () => {
    const submission = neighbourhood.submission(offer, { estimatedHours: 0.25 });
    await requester.run(SUBMIT, submission);

    expect(await refusal(requester, SUBMIT, { ...submission, estimatedHours: 0.5 })).toBe(
      'DUPLICATE_REQUEST',
    );
  });

  it('submitted by another member is refused', async () => {
    const submission = neighbourhood.submission(offer, { estimatedHours: 0.25 });
    await requester.run(SUBMIT, submission);

    expect(await refusal(stranger, SUBMIT, submission)).toBe('DUPLICATE_REQUEST');
  });
});

describe('a request', () => {
  it('of somebody else does not exist for a stranger', async () => {
    const requestId = await neighbourhood.submit(requester, offer, { estimatedHours: 0.25 });

    expect(await refusal(stranger, RESPOND, { requestId, response: 'ACCEPT' })).toBe('NOT_FOUND');
    expect(await refusal(stranger, CANCEL, { requestId })).toBe('NOT_FOUND');
    expect(await refusal(stranger, DELIVER, { requestId })).toBe('NOT_FOUND');
    expect(await refusal(stranger, CONFIRM, { requestId })).toBe('NOT_FOUND');
    expect(await refusal(stranger, REQUEST_CHANGES, { requestId })).toBe('NOT_FOUND');
    expect(await refusal(stranger, WORKFLOW_STATUS, { requestId })).toBe('NOT_FOUND');
    expect(await refusal(stranger, RESPOND, { requestId: randomUUID(), response: 'ACCEPT' })).toBe(
      'NOT_FOUND',
    );
  });

  it('cannot be answered by the one who made it', async () => {
    const requestId = await neighbourhood.submit(requester, offer, { estimatedHours: 0.25 });

    expect(await refusal(requester, RESPOND, { requestId, response: 'ACCEPT' })).toBe('NOT_YOUR_TURN');
  });

  it('is answered once, even from two tabs at once', async () => {
    const requestId = await neighbourhood.submit(requester, offer, { estimatedHours: 0.25 });

    const answers = await Promise.all([
      refusal(provider, RESPOND, { requestId, response: 'ACCEPT' }),
      refusal(provider, RESPOND, { requestId, response: 'REJECT' }),
    ]);

    expect(answers.filter((code) => code === undefined)).toHaveLength(1);
    expect(answers.filter((code) => code !== undefined)).toEqual([
      expect.stringMatching(/^(ALREADY_ANSWERED|NOT_ALLOWED_NOW|TRY_AGAIN)$/),
    ]);
  });

  it('cannot be answered again later', async () => {
    const requestId = await neighbourhood.submit(requester, offer, { estimatedHours: 0.25 });
    await neighbourhood.accept(provider, requestId);

    expect(await refusal(provider, RESPOND, { requestId, response: 'REJECT' })).toBe('ALREADY_ANSWERED');
  });

  it('cannot be confirmed before it is delivered', async () => {
    const requestId = await neighbourhood.submit(requester, offer, { estimatedHours: 0.25 });
    await neighbourhood.accept(provider, requestId);
    const before = await balances();

    expect(await refusal(requester, CONFIRM, { requestId })).toBe('NOT_ALLOWED_NOW');
    expect(await balances()).toEqual(before);
  });
});

describe('a token is refused', () => {
  async function answerTo(token: string | undefined) {
    const response = await fetch(`${neighbourhood.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: token }) },
      body: JSON.stringify({ query: '{ listServices { items { id } } }' }),
    });
    const body = (await response.json()) as { errors: { errorType: string }[] };
    return { status: response.status, errorType: body.errors[0]?.errorType };
  }

  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

  const UNAUTHORIZED = { status: 401, errorType: 'UnauthorizedException' };

  it('when there is none', async () => {
    expect(await answerTo(undefined)).toEqual(UNAUTHORIZED);
  });

  it('when it is not signed', async () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

    expect(await answerTo(`${encode({ alg: 'none' })}.${encode(claimsOf(requester.token))}.`)).toEqual(
      UNAUTHORIZED,
    );
  });

  it('when a key of another pool signed it', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT(claimsOf(requester.token))
      .setProtectedHeader({ alg: 'RS256', kid: 'foreign' })
      .sign(privateKey);

    expect(await answerTo(forged)).toEqual(UNAUTHORIZED);
  });

  it('when it has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61 * 60_000 }); // the embedded AWS lives in this process
    try {
      expect(await answerTo(requester.token)).toEqual(UNAUTHORIZED);
    } finally {
      vi.useRealTimers();
    }
  });

  it('when its claims were changed', async () => {
    const [header, , signature] = requester.token.split('.');
    const claims = { ...claimsOf(requester.token), sub: provider.id };
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');

    expect(await answerTo(`${header ?? ''}.${changed}.${signature ?? ''}`)).toEqual(UNAUTHORIZED);
  });
});

describe('money', () => {
  it.each([
    'UserBalance',
    'Escrow',
    'TransactionLog',
    'ServiceRequest',
    'RequestStep',
    'Notification',
    'Dispute',
  ])('and status cannot be written by a client: %s has no mutation', async (model) => {
    for (const verb of ['create', 'update', 'delete']) {
      const { errors } = await requester.graphql(
        `mutation($input: ${verb[0]?.toUpperCase() ?? ''}${verb.slice(1)}${model}Input!) { ${verb}${model}(input: $input) { __typename } }`,
        { input: { id: 'x' } },
      );
      expect(errors?.[0]?.message).toMatch(/Unknown type|undefined|Cannot query field/);
    }
  });
});
