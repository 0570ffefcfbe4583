import { describe, expect, it } from 'vitest';
import { STATUSES, TRANSITIONS } from '../../../../domain/life-cycle';
import { NOTIFICATION_KINDS } from '../../../../domain/notifications';
import { REFUSALS } from '../../../../domain/refusal';
import type { RefusalCode } from '../../../../domain/refusal';
import { ApiError } from '../api/api-error';
import { authWords } from './auth-words';
import { errorWords, wordsOf } from './error-words';
import { notificationWords } from './notification-words';
import { reasonWords, statusLook, statusWords } from './status-words';
import { stepWords } from './step-words';

const REFUSAL_CODES = Object.keys(REFUSALS) as RefusalCode[];

describe('wording', () => {
  it('has words of its own for every refusal', () => {
    const words = REFUSAL_CODES.map((code) => errorWords(new ApiError(code)));

    expect(words.every((sentence) => sentence.length > 10)).toBe(true);
    expect(new Set(words).size).toBe(REFUSAL_CODES.length);
  });

  it('never shows an error that is not typed', () => {
    expect(errorWords(new TypeError('x.y is undefined'))).toBe(wordsOf('UNEXPECTED'));
  });

  it('has a word and a look for every status', () => {
    expect(new Set(STATUSES.map(statusWords)).size).toBe(STATUSES.length);
    expect(STATUSES.map(statusLook)).not.toContain(undefined);
  });

  it('tells every transition to both parties, by whomever it was', () => {
    for (const { event } of TRANSITIONS) {
      for (const viewer of ['REQUESTER', 'PROVIDER'] as const) {
        for (const actorRole of ['REQUESTER', 'PROVIDER', 'SYSTEM', 'CLOCK', 'ADMIN'] as const) {
          expect(stepWords({ event, actorRole, viewer, otherName: 'Ada', hours: '2 h' })).toBeTruthy();
        }
      }
    }
  });

  it('says you to the one who acted, and the name to the other', () => {
    const told = { event: 'ACCEPT', actorRole: 'PROVIDER', otherName: 'Ada', hours: '2 h' } as const;

    expect(stepWords({ ...told, viewer: 'PROVIDER' })).toBe('You accepted');
    expect(stepWords({ ...told, viewer: 'REQUESTER' })).toBe('Ada accepted');
  });

  it('words every kind of notification with what it is about', () => {
    const told = { title: 'Piano lesson', hours: '2 h', otherName: 'Ada', reason: 'Paid twice' };
    for (const kind of [...NOTIFICATION_KINDS, undefined]) {
      const ofAccount = kind === 'HOURS_ADJUSTED' || kind?.startsWith('ACCOUNT_');
      expect(notificationWords({ ...told, kind })).toContain(ofAccount ? 'Paid twice' : 'Piano lesson');
    }
  });

  it('tells admins of a dispute without naming one side', () => {
    const told = { title: 'Piano lesson', hours: '2 h', otherName: '', reason: undefined };

    expect(notificationWords({ ...told, kind: 'DISPUTE_OPENED' })).toBe(
      'A dispute about “Piano lesson” was opened',
    );
  });

  it('words a reason that is a code, and keeps silent about one that is not', () => {
    expect(reasonWords('INSUFFICIENT_HOURS')).toBe(wordsOf('INSUFFICIENT_HOURS'));
    expect(reasonWords('SYSTEM_FAILURE')).toContain('given back');
    expect(reasonWords('SOMETHING_ELSE')).toBeUndefined();
  });

  it('does not tell a stranger whether an address has an account', () => {
    const wrong = ['NotAuthorizedException', 'UserNotFoundException'].map((name) =>
      authWords(Object.assign(new Error(), { name })),
    );

    expect(new Set(wrong).size).toBe(1);
  });
});
