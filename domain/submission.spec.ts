import { describe, expect, it } from 'vitest';

import { parseCommand } from './commands.ts';
import { parseHours } from './hours.ts';
import { emptyAccount, type Account } from './ledger.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, sampleRequest } from './samples.ts';
import { recheck, submissionText, submit, type SubmissionFacts } from './submission.ts';

const account: Account = {
  ...emptyAccount(REQUESTER_ID),
  availableBalance: parseHours(10),
  totalBalance: parseHours(10),
};
const offer = { id: 'offer-1', providerId: PROVIDER_ID, title: 'Guitar lessons', rate: 1.5, active: true };
const facts: SubmissionFacts = {
  requesterId: REQUESTER_ID,
  offer,
  provider: { responseTimeHours: 24 },
  account,
};
const submission = parseCommand('submitServiceRequest', {
  requestId: REQUEST_ID,
  serviceId: 'offer-1',
  estimatedHours: 2.5,
  rate: 1.5,
  message: 'Sunday?',
});

const REFUSED: readonly [string, Partial<SubmissionFacts>, string][] = [
  ['an unknown offer', { offer: undefined }, 'OFFER_UNAVAILABLE'],
  ['an offer of nobody', { provider: undefined }, 'OFFER_UNAVAILABLE'],
  ['an inactive offer', { offer: { ...offer, active: false } }, 'OFFER_UNAVAILABLE'],
  ["one's own offer", { offer: { ...offer, providerId: REQUESTER_ID } }, 'OWN_OFFER'],
  ['a rate other than shown', { offer: { ...offer, rate: 2 } }, 'TERMS_CHANGED'],
  ['too few hours', { account: { ...account, availableBalance: parseHours(3.5) } }, 'INSUFFICIENT_HOURS'],
  ['a locked account', { account: { ...account, lockedAt: NOW } }, 'ACCOUNT_LOCKED'],
  ['somebody without an account', { account: undefined }, 'NOT_A_MEMBER'],
];

describe('submitting', () => {
  it('makes a request of what was shown, and of what is held', () => {
    expect(submit(submission, facts, 'hash', NOW)).toEqual(
      sampleRequest({
        estimatedHours: submission.estimatedHours,
        agreedRate: submission.rate,
        amount: parseHours(3.75),
        message: 'Sunday?',
        responseTimeHours: 24,
      }),
    );
  });

  it('says nothing where the requester said nothing', () => {
    const { message: _none, ...silent } = submission;
    expect(submit({ ...silent, message: undefined }, facts, 'hash', NOW)).not.toHaveProperty('message');
  });

  it('takes the last quarter of the account, and no more', () => {
    const having = (hours: number) => ({
      ...facts,
      account: { ...account, availableBalance: parseHours(hours) },
    });
    expect(submit(submission, having(3.75), 'hash', NOW).amount).toBe(3.75);
    expect(() => submit(submission, having(3.5), 'hash', NOW)).toThrow(
      expect.objectContaining({ code: 'INSUFFICIENT_HOURS' }),
    );
  });

  it('gives the provider 48 hours where they chose nothing, or nonsense', () => {
    for (const responseTimeHours of [undefined, null, 0, 337, 1.5])
      expect(
        submit(submission, { ...facts, provider: { responseTimeHours } }, 'hash', NOW).responseTimeHours,
      ).toBe(48);
  });

  it.each(REFUSED)('of %s is refused, and so is validating it', (_, difference, code) => {
    const refused = expect.objectContaining({ code }) as Error;
    expect(() => submit(submission, { ...facts, ...difference }, 'hash', NOW)).toThrow(refused);
    const request = submit(submission, facts, 'hash', NOW);
    const judged =
      difference.offer?.providerId === REQUESTER_ID ? { ...request, requesterId: REQUESTER_ID } : request;
    expect(() => {
      recheck(judged, { ...facts, ...difference });
    }).toThrow(refused);
  });

  it('that is still in order passes the validation', () => {
    expect(() => {
      recheck(submit(submission, facts, 'hash', NOW), facts);
    }).not.toThrow();
  });
});

describe('what tells submissions apart', () => {
  it('is the member and everything submitted', () => {
    const texts = [
      submissionText(REQUESTER_ID, submission),
      submissionText(PROVIDER_ID, submission),
      submissionText(REQUESTER_ID, { ...submission, serviceId: 'offer-2' }),
      submissionText(REQUESTER_ID, { ...submission, estimatedHours: parseHours(3) }),
      submissionText(REQUESTER_ID, { ...submission, message: 'Monday?' }),
    ];
    expect(new Set(texts).size).toBe(texts.length);
    expect(submissionText(REQUESTER_ID, { ...submission })).toBe(texts[0]);
  });

  it('takes no message for an empty one', () => {
    expect(submissionText(REQUESTER_ID, { ...submission, message: undefined })).toBe(
      `["${REQUESTER_ID}","offer-1",2.5,1.5,""]`,
    );
  });
});
