import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import {
  ADA,
  BEN,
  STEPS_UNTIL_DISPUTED,
  dispute,
  evidenceFile,
  inHours,
  request,
  requestLedger,
  standing,
  statement,
} from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { ProgressStore } from '../shared/api/progress-store';
import { DisputeCasePage } from './dispute-case-page';

const GATHERED_MS = 200;

describe('a dispute before an admin', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.auth.signedIn = { id: 'admin-id', isAdmin: true };
    backend.disputes.disputes = [dispute()];
    backend.disputes.laid = [
      statement(),
      evidenceFile(),
      evidenceFile({ id: 'f2', authorRole: 'PROVIDER', fileName: 'after.png' }),
    ];
    backend.requests.requests = [request({ status: 'DISPUTED', revision: 8, disputeId: 'dispute-1' })];
    backend.requests.where = standing({ revision: 8, steps: STEPS_UNTIL_DISPUTED });
  });

  const open = (): Promise<Screen> =>
    openPage(DisputeCasePage, backend, {
      path: 'admin/disputes/:disputeId',
      url: '/admin/disputes/dispute-1',
    });
  const told = async (screen: Screen): Promise<void> => {
    TestBed.inject(ProgressStore).tell({ kind: 'NOTIFICATION', requestId: undefined, revision: undefined });
    await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
    await screen.settle();
  };
  const sides = (): string[] =>
    [...document.querySelectorAll('app-party-side')].map((side) => side.textContent.replace(/\s+/g, ' '));
  const shares = (): string[] =>
    [...document.querySelectorAll('aside app-shares-bar dl')].map((bar) =>
      [...bar.querySelectorAll('dt, dd')].map((one) => one.textContent).join(' '),
    );

  describe('shows all that it is decided by', () => {
    it('both sides, each with what they said and showed', async () => {
      await open();

      const [requester, provider] = sides();
      expect(requester).toContain('Ada Lindqvist');
      expect(requester).toContain('The work is not what we agreed');
      expect(requester).toContain('brake.jpg');
      expect(provider).toContain('Both were fine when I left.');
      expect(provider).toContain('after.png');
      expect(provider).not.toContain('brake.jpg');
    });

    it('the whole record of the request, by name', async () => {
      await open();

      const lines = [...document.querySelectorAll('app-request-record li p:first-child')].map((line) =>
        line.textContent.trim(),
      );
      expect(lines).toEqual([
        'Ada Lindqvist asked for it',
        'The request was checked',
        'The hours were set aside',
        'Ben Okafor was asked for an answer',
        'Ben Okafor accepted',
        'The work could begin',
        'Ben Okafor said it is done',
        'Ada Lindqvist opened a dispute',
      ]);
    });

    it('every posting about it, account by account, and what is held', async () => {
      backend.requestLedger.ledger = requestLedger({
        hold: { status: 'RELEASED', amount: 2, released: 1.25, refunded: 0.75, frozenBy: undefined },
        postings: [
          ...requestLedger().postings,
          {
            transactionId: 'partial-escrow-request-1',
            kind: 'PARTIAL',
            at: inHours(0),
            entries: [
              { id: 'p#ada', userId: ADA, amount: 0.75, heldDelta: -2 },
              { id: 'p#ben', userId: BEN, amount: 1.25, heldDelta: 0 },
            ],
          },
        ],
      });
      await open();

      const rows = [...document.querySelectorAll('app-request-ledger tbody tr')].map((row) =>
        [...row.children].map((cell) => cell.firstChild?.textContent?.trim()).join(' '),
      );
      expect(rows).toEqual([
        'Set aside',
        'Ada Lindqvist −2 h +2 h',
        'Divided',
        'Ada Lindqvist +0.75 h −2 h',
        'Ben Okafor +1.25 h 0 h',
      ]);
      const held = [...document.querySelectorAll('app-request-ledger dl div')].map((pair) =>
        [...pair.children].map((one) => one.textContent.trim()).join(' '),
      );
      expect(held).toEqual(['Held in all 2 h', 'Paid 1.25 h', 'Given back 0.75 h', 'Frozen no']);
    });

    it('that one side has kept silent', async () => {
      backend.disputes.laid = [];
      await open();

      expect(sides()[1]).toContain('Ben Okafor has not said anything.');
    });

    it('and a settlement that is proposed meanwhile', async () => {
      backend.disputes.disputes = [dispute({ proposal: { refundHours: 0.5, by: 'PROVIDER' } })];
      const screen = await open();

      expect(screen.text).toContain('Ben Okafor proposes a settlement, not answered yet:');
      expect(shares()).toEqual(['Ada Lindqvist 0.5 h Ben Okafor 1.5 h']);
    });
  });

  describe('is decided', () => {
    const decide = async (screen: Screen, confirm: string): Promise<void> => {
      await screen.press('Decide');
      await screen.pressIn('mat-dialog-container', confirm);
    };

    it.each([
      ['REFUND_TO_REQUESTER', 'Give all back', 'Ada Lindqvist gets 2 h Ben Okafor gets 0 h'],
      ['PAY_TO_PROVIDER', 'Pay all', 'Ada Lindqvist gets 0 h Ben Okafor gets 2 h'],
    ])('by %s, after a preview and a question', async (decision, label, preview) => {
      const screen = await open();
      await screen.chooseStarting(label);
      expect(shares()).toEqual([preview]);
      await screen.type('Why (both of them read it)', ' As agreed. ');
      await decide(screen, label);

      expect(backend.disputes.commands).toEqual([
        ['resolve', 'dispute-1', { decision, refundHours: undefined, note: 'As agreed.' }],
      ]);
      expect(screen.said).toContain('Decided.');
      expect(screen.announced).toContain('It is decided. The decision is being carried out…');
      expect(() => screen.button('Decide')).toThrow();
    });

    it('by a division in quarters, of which each side gets at least one', async () => {
      const screen = await open();
      await screen.chooseStarting('Divide');
      expect(shares()).toEqual(['Ada Lindqvist gets 1 h Ben Okafor gets 1 h']);
      await screen.slide('Hours for Ada Lindqvist', 0.75);
      expect(shares()).toEqual(['Ada Lindqvist gets 0.75 h Ben Okafor gets 1.25 h']);
      const slider = document.querySelector<HTMLInputElement>('input[type=range]');
      expect([slider?.min, slider?.max]).toEqual(['0.25', '1.75']);
      await decide(screen, 'Divide');

      expect(backend.disputes.commands).toEqual([
        ['resolve', 'dispute-1', { decision: 'PARTIAL_REFUND', refundHours: 0.75, note: '' }],
      ]);
    });

    it('by no division where there is but a quarter', async () => {
      backend.disputes.disputes = [dispute({ amount: 0.25 })];
      const screen = await open();

      expect(screen.text).toContain('a quarter of an hour cannot be divided');
      expect(screen.radioStarting('Divide').disabled).toBe(true);
    });

    it('by a dismissal, which moves no hours and says where the request goes on', async () => {
      const screen = await open();
      await screen.chooseStarting('Dismiss');
      expect(shares()).toEqual([]);
      await screen.press('Decide');
      expect(document.querySelector('mat-dialog-container')?.textContent).toContain(
        'No hours move. The request goes on as “Delivered”, with the time that was left.',
      );
      await screen.pressIn('mat-dialog-container', 'Dismiss');

      expect(backend.disputes.commands).toEqual([
        ['resolve', 'dispute-1', { decision: 'DISMISS_DISPUTE', refundHours: undefined, note: '' }],
      ]);
    });

    it('by nothing before one is chosen, or while the admin thinks better of it', async () => {
      const screen = await open();
      await screen.press('Decide');
      expect(screen.announced).toContain('Choose how to decide.');

      await screen.chooseStarting('Pay all');
      await screen.press('Decide');
      await screen.press('Not now');

      expect(backend.disputes.commands).toEqual([]);
    });

    it('too late, once the parties have settled it: that is told, and how it ended', async () => {
      const screen = await open();
      backend.disputes.refusal = new ApiError('ALREADY_ANSWERED');
      backend.disputes.move('dispute-1', { status: 'SETTLED', refundHours: 0.5, updatedAt: inHours(0) });
      await screen.chooseStarting('Pay all');
      await decide(screen, 'Pay all');

      expect(screen.announced.join()).toContain('Your decision was not taken');
      expect(screen.heading('How it ended')).toBeTruthy();
      expect(shares()).toEqual(['Ada Lindqvist 0.5 h Ben Okafor 1.5 h']);
    });

    it('by nobody who has a part in it', async () => {
      backend.auth.signedIn = { id: BEN, isAdmin: true };
      const screen = await open();

      expect(screen.text).toContain('You have a part in this yourself. Another admin must decide it.');
      expect(() => screen.button('Decide')).toThrow();
    });

    it('by nobody whom the server finds to have a part in it', async () => {
      const screen = await open();
      backend.disputes.refusal = new ApiError('CONFLICT_OF_INTEREST');
      await screen.chooseStarting('Pay all');
      await decide(screen, 'Pay all');

      expect(screen.announced.join()).toContain('You have a part in this yourself.');
    });

    it('keeps the choice and the note when it is refused', async () => {
      const screen = await open();
      backend.disputes.refusal = new ApiError('OFFLINE');
      await screen.chooseStarting('Pay all');
      await screen.type('Why (both of them read it)', 'As agreed.');
      await decide(screen, 'Pay all');

      expect(screen.announced.join()).toContain('You are offline.');
      expect(screen.field('Why (both of them read it)').value).toBe('As agreed.');
      expect(screen.radioStarting('Pay all').checked).toBe(true);
    });
  });

  it('shows how it ended, by whose word and why', async () => {
    backend.disputes.disputes = [
      dispute({
        status: 'RESOLVED',
        decision: 'PARTIAL_REFUND',
        refundHours: 0.75,
        decidedAt: inHours(0),
        decisionNote: 'Half of it was done.',
      }),
    ];
    const screen = await open();

    expect(screen.heading('How it ended')).toBeTruthy();
    expect(shares()).toEqual(['Ada Lindqvist 0.75 h Ben Okafor 1.25 h']);
    expect(screen.text).toContain('Half of it was done.');
    expect(() => screen.button('Decide')).toThrow();
  });

  it('reads again when admins are told of something', async () => {
    const screen = await open();
    backend.disputes.laid = [...backend.disputes.laid, statement({ id: 's9', text: 'One more thing.' })];
    await told(screen);

    expect(sides()[1]).toContain('One more thing.');
  });

  it('says what went wrong, and tries again', async () => {
    backend.disputes.failure = new ApiError('UNEXPECTED');
    const screen = await open();
    expect(screen.announced.join()).toContain('Something went wrong on our side.');

    backend.disputes.failure = undefined;
    await screen.press('Try again');

    expect(screen.heading('Both sides')).toBeTruthy();
  });
});
