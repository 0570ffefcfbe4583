import { describe, expect, it } from 'vitest';

import { MAX_TEXT, parseCommand, refusalOf, type CommandName } from './commands.ts';
import { MAX_REASON } from './dispute.ts';
import { MAX_FILE_BYTES } from './evidence.ts';
import { MAX_MESSAGE } from './message.ts';
import { MAX_COMMENT } from './review.ts';
import { REQUEST_ID } from './samples.ts';

const submission = { requestId: REQUEST_ID, serviceId: 'offer-1', estimatedHours: 2, rate: 1, message: null };
const answer = {
  requestId: REQUEST_ID,
  response: 'ACCEPT',
  round: null,
  hours: null,
  rate: null,
  message: null,
};
const said = { requestId: REQUEST_ID, text: 'On Sunday?', messageId: null };
const rated = { requestId: REQUEST_ID, rating: 5, comment: null };

const complaint = { requestId: REQUEST_ID, reason: 'Not done', statement: 'Nobody came.' };
const file = { disputeId: 'd', fileName: 'hedge.png', fileType: 'image/png', fileSize: MAX_FILE_BYTES };
const adjusting = { adjustmentId: REQUEST_ID, userId: 'u', hours: -0.25, reason: 'Credited twice' };

describe('parseCommand', () => {
  it('takes a submission; what was left out is absent', () => {
    expect(parseCommand('submitServiceRequest', submission)).toEqual({ ...submission, message: undefined });
  });

  it('takes what is at the bounds', () => {
    expect(parseCommand('requestEvidenceUpload', file)).toEqual(file);
    expect(parseCommand('proposeSettlement', { disputeId: 'd', refundHours: 0 }).refundHours).toBe(0);
    expect(parseCommand('proposeSettlement', { disputeId: 'd', refundHours: 1000 }).refundHours).toBe(1000);
    expect(parseCommand('adjustBalance', { ...adjusting, hours: -1000 }).hours).toBe(-1000);
    expect(parseCommand('adjustBalance', adjusting).allowBelowZero).toBeUndefined();
    expect(parseCommand('openDispute', complaint)).toEqual(complaint);
    expect(parseCommand('resolveDispute', { disputeId: 'd', decision: 'DISMISS_DISPUTE', note: '' })).toEqual(
      { disputeId: 'd', decision: 'DISMISS_DISPUTE', refundHours: undefined, note: undefined },
    );
  });

  it('takes an answer with the terms as shown', () => {
    expect(parseCommand('respondToServiceRequest', { ...answer, round: 0, hours: 2, rate: 1 })).toMatchObject(
      {
        round: 0,
        hours: 2,
        rate: 1,
      },
    );
  });

  it('trims what members write, and takes nothing but spaces for nothing', () => {
    const noteOf = (note: string) => parseCommand('requestChanges', { requestId: REQUEST_ID, note }).note;
    expect(noteOf('  Almost.  ')).toBe('Almost.');
    expect(noteOf('   ')).toBeUndefined();
    expect(noteOf('x'.repeat(MAX_TEXT))).toHaveLength(MAX_TEXT);
  });

  it('takes a message and a review, trimmed; what was left out is absent', () => {
    expect(parseCommand('postMessage', { ...said, text: ` ${'x'.repeat(MAX_MESSAGE)} ` })).toEqual({
      requestId: REQUEST_ID,
      text: 'x'.repeat(MAX_MESSAGE),
      messageId: undefined,
    });
    expect(parseCommand('leaveReview', rated)).toEqual({ ...rated, comment: undefined });
    expect(parseCommand('leaveReview', { ...rated, rating: 1, comment: ' Late. ' })).toMatchObject({
      rating: 1,
      comment: 'Late.',
    });
  });

  it.each<[CommandName, object, string, string]>([
    ...[0, -1, 0.1, 1000.25, 1e9, Number.NaN, Infinity, '2', null].map(
      (estimatedHours): [CommandName, object, string, string] => [
        'submitServiceRequest',
        { ...submission, estimatedHours },
        'INVALID_HOURS',
        'estimatedHours',
      ],
    ),
    ['submitServiceRequest', { ...submission, rate: 0.3 }, 'INVALID_RATE', 'rate'],
    ['submitServiceRequest', { ...submission, requestId: 'mine' }, 'INVALID_INPUT', 'requestId'],
    [
      'submitServiceRequest',
      { ...submission, requestId: '11111111-1111-1111-8111-111111111111' },
      'INVALID_INPUT',
      'requestId',
    ],
    ['submitServiceRequest', { ...submission, serviceId: '' }, 'INVALID_INPUT', 'serviceId'],
    [
      'submitServiceRequest',
      { ...submission, message: 'x'.repeat(MAX_TEXT + 1) },
      'INVALID_INPUT',
      'message',
    ],
    ['respondToServiceRequest', { ...answer, response: 'MAYBE' }, 'INVALID_INPUT', 'response'],
    ['respondToServiceRequest', { ...answer, response: 'COUNTER_OFFER' }, 'INVALID_HOURS', 'hours'],
    ['respondToServiceRequest', { ...answer, hours: 0.1 }, 'INVALID_HOURS', 'hours'],
    ['respondToServiceRequest', { ...answer, round: -1 }, 'INVALID_INPUT', 'round'],
    ['cancelServiceRequest', { requestId: REQUEST_ID, reason: 7 }, 'INVALID_INPUT', 'reason'],
    ['confirmServiceCompletion', {}, 'INVALID_INPUT', 'requestId'],
    ['openDispute', { ...complaint, reason: ' ' }, 'INVALID_INPUT', 'reason'],
    ['openDispute', { ...complaint, reason: 'x'.repeat(MAX_REASON + 1) }, 'INVALID_INPUT', 'reason'],
    ['openDispute', { ...complaint, statement: '' }, 'INVALID_INPUT', 'statement'],
    ...[-0.25, 0.1, 1000.25, '1'].map((refundHours): [CommandName, object, string, string] => [
      'proposeSettlement',
      { disputeId: 'd', refundHours },
      'INVALID_HOURS',
      'refundHours',
    ]),
    ['answerSettlement', { disputeId: 'd', accept: 'yes' }, 'INVALID_INPUT', 'accept'],
    ['resolveDispute', { disputeId: 'd', decision: 'FORGIVE' }, 'INVALID_INPUT', 'decision'],
    [
      'resolveDispute',
      { disputeId: 'd', decision: 'PARTIAL_REFUND', refundHours: 0 },
      'INVALID_HOURS',
      'refundHours',
    ],
    ['resolveDispute', { disputeId: '', decision: 'DISMISS_DISPUTE' }, 'INVALID_INPUT', 'disputeId'],
    ['addStatement', { disputeId: 'd', statement: 'x'.repeat(MAX_TEXT + 1) }, 'INVALID_INPUT', 'statement'],
    ['requestEvidenceUpload', { ...file, fileType: 'text/html' }, 'INVALID_FILE', 'fileType'],
    ['requestEvidenceUpload', { ...file, fileSize: MAX_FILE_BYTES + 1 }, 'INVALID_FILE', 'fileSize'],
    ['requestEvidenceUpload', { ...file, fileSize: 0 }, 'INVALID_INPUT', 'fileSize'],
    ['requestEvidenceUpload', { ...file, fileSize: 1.5 }, 'INVALID_INPUT', 'fileSize'],
    ['requestEvidenceUpload', { ...file, fileName: ' ' }, 'INVALID_INPUT', 'fileName'],
    ['addEvidence', { disputeId: 'd', uploadId: '../other', fileName: 'x' }, 'INVALID_INPUT', 'uploadId'],
    ['getEvidenceUrl', { evidenceId: '' }, 'INVALID_INPUT', 'evidenceId'],
    ...[0, 0.1, -1000.25, '1', Number.NaN].map((hours): [CommandName, object, string, string] => [
      'adjustBalance',
      { ...adjusting, hours },
      'INVALID_HOURS',
      'hours',
    ]),
    ['adjustBalance', { ...adjusting, adjustmentId: 'mine' }, 'INVALID_INPUT', 'adjustmentId'],
    ['adjustBalance', { ...adjusting, reason: '' }, 'INVALID_INPUT', 'reason'],
    ['adjustBalance', { ...adjusting, allowBelowZero: 'yes' }, 'INVALID_INPUT', 'allowBelowZero'],
    ['setAccountLock', { userId: 'u', locked: true, reason: ' ' }, 'INVALID_INPUT', 'reason'],
    ...['', '   ', 'x'.repeat(MAX_MESSAGE + 1)].map((text): [CommandName, object, string, string] => [
      'postMessage',
      { ...said, text },
      'INVALID_INPUT',
      'text',
    ]),
    ['postMessage', { ...said, messageId: 'mine' }, 'INVALID_INPUT', 'messageId'],
    ...[0, 6, 2.5, -1, Number.NaN, '5', null].map((rating): [CommandName, object, string, string] => [
      'leaveReview',
      { ...rated, rating },
      'INVALID_INPUT',
      'rating',
    ]),
    ['leaveReview', { ...rated, comment: 'x'.repeat(MAX_COMMENT + 1) }, 'INVALID_INPUT', 'comment'],
    ['getMyReview', { requestId: 'mine' }, 'INVALID_INPUT', 'requestId'],
  ])('%s of %j is refused', (name, args, code, field) => {
    expect(() => parseCommand(name, args)).toThrow(expect.objectContaining({ code, field }));
  });

  it('says in words which field is wrong, and how', () => {
    expect(() => parseCommand('submitServiceRequest', { ...submission, estimatedHours: 0.1 })).toThrow(
      'estimatedHours: Hours are a multiple of 0.25, from 0.25 to 1000.',
    );
    expect(() => parseCommand('getMyReview', { requestId: 'mine' })).toThrow(
      'requestId: The input is not valid.',
    );
  });

  it('refuses what is no object at all', () => {
    expect(() => parseCommand('requestChanges', null)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

describe('the refusal of an input', () => {
  it('names the first field that is wrong, by its whole path', () => {
    const issue = (path: (string | number)[]) => ({ code: 'custom' as const, path, message: 'No', input: 0 });
    expect(refusalOf([issue(['terms', 0, 'hours']), issue(['rate'])])).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'terms.0.hours',
    });
  });

  it('names no field where none is to blame', () => {
    expect(refusalOf([])).toMatchObject({
      code: 'INVALID_INPUT',
      field: '',
      message: 'The input is not valid.',
    });
  });
});
