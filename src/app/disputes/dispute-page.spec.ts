import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, BEN, dispute, evidenceFile, inHours, request, statement } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { ProgressStore } from '../shared/api/progress-store';
import { DisputePage } from './dispute-page';

const GATHERED_MS = 200;

describe('the page of a dispute', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.disputes.disputes = [dispute()];
    backend.requests.requests = [
      request({ status: 'DISPUTED', revision: 8, disputeId: 'dispute-1', expiresAt: inHours(29 * 24) }),
    ];
  });

  const open = (memberId: string = ADA, isAdmin = false): Promise<Screen> => {
    backend.auth.signedIn = { id: memberId, isAdmin };
    backend.disputes.author = memberId === BEN ? 'PROVIDER' : 'REQUESTER';
    return openPage(DisputePage, backend, { path: 'disputes/:disputeId', url: '/disputes/dispute-1' });
  };
  /** Who gets what, bar by bar. */
  const shares = (): string[] =>
    [...document.querySelectorAll('app-shares-bar dl')].map((bar) =>
      [...bar.querySelectorAll('dt, dd')].map((one) => one.textContent).join(' '),
    );

  describe('tells where it stands', () => {
    it('while an admin is awaited: until when, and what silence means', async () => {
      const screen = await open();

      expect(screen.announced).toContain('An admin reads both sides and decides.');
      expect(screen.text).toContain('If nobody has decided by then, all the hours come back to you.');
      expect(screen.text).toContain('2 h frozen until it is over');
      expect(screen.link('See the request').getAttribute('href')).toBe('/requests/request-1');
    });

    it('while it is being opened, when nothing can be added yet', async () => {
      backend.disputes.disputes = [dispute({ status: 'OPEN', expiresAt: undefined })];
      const screen = await open();

      expect(screen.announced).toContain('The dispute is being opened, and the hours are frozen…');
      expect(screen.buttons).toEqual([]);
    });

    it.each([
      [
        'decided',
        dispute({
          status: 'RESOLVED',
          decision: 'PARTIAL_REFUND',
          refundHours: 0.75,
          decisionNote: 'Half done.',
        }),
        [
          'An admin decided that the hours are divided.',
          'You got 0.75 h',
          'Ben Okafor got 1.25 h',
          'Half done.',
        ],
      ],
      [
        'settled',
        dispute({ status: 'SETTLED', refundHours: 0.5 }),
        ['You settled it between you.', 'You got 0.5 h', 'Ben Okafor got 1.5 h'],
      ],
      [
        'dismissed',
        dispute({ status: 'DISMISSED', decision: 'DISMISS_DISPUTE' }),
        ['An admin dismissed the dispute.', 'The request is where it stopped, “Delivered”'],
      ],
      [
        'lapsed',
        dispute({ status: 'LAPSED', refundHours: 2 }),
        ['There was no decision in time', 'You got 2 h', 'Ben Okafor got 0 h'],
      ],
    ])('once it is %s, and who got what', async (_how, over, words) => {
      backend.disputes.disputes = [over];
      const screen = await open();

      const said = [...document.querySelectorAll('.standing :is(p, dt, dd, blockquote)')]
        .map((one) => one.textContent.trim())
        .join(' ');
      for (const word of words) expect(said).toContain(word);
      expect(screen.buttons).toEqual([]);
    });

    it('to an admin who is no party in the place where admins decide', async () => {
      await open('admin-id', true);

      expect(TestBed.inject(Router).url).toBe('/admin/disputes/dispute-1');
    });

    it('to an admin who is a party as to any party', async () => {
      await open(ADA, true);

      expect(TestBed.inject(Router).url).toBe('/disputes/dispute-1');
    });

    it('to nobody else', async () => {
      backend.disputes.disputes = [];
      const screen = await open('stranger');

      expect(screen.announced.join()).toContain('This does not exist, or it is not yours to see.');
    });
  });

  describe('a settlement', () => {
    const slide = async (screen: Screen, hours: number): Promise<void> => {
      await screen.slide('Hours for you', hours);
    };

    it('begins with half for each, and shows who gets what as it is moved', async () => {
      const screen = await open();
      expect(shares()).toEqual(['You get 1 h Ben Okafor gets 1 h']);

      await screen.press('A quarter less');
      expect(shares()).toEqual(['You get 0.75 h Ben Okafor gets 1.25 h']);

      await slide(screen, 2);
      expect(shares()).toEqual(['You get 2 h Ben Okafor gets 0 h']);
    });

    it('is proposed as hours that go back to the requester, whoever proposes', async () => {
      const screen = await open(BEN);
      await slide(screen, 1.5);
      await screen.press('Propose this');

      expect(backend.disputes.commands).toEqual([['propose', 'dispute-1', 0.5]]);
      expect(screen.said).toContain('Proposed. Ada Lindqvist is being told.');
      expect(screen.text).toContain('Ada Lindqvist has not answered yet.');
    });

    it('that is proposed waits, and can be replaced by another', async () => {
      backend.disputes.disputes = [dispute({ proposal: { refundHours: 1, by: 'REQUESTER' }, proposals: 1 })];
      const screen = await open();

      expect(screen.text).toContain('You proposed');
      expect(() => screen.button('Accept')).toThrow();
      await screen.press('Propose something else');
      await slide(screen, 0.75);
      await screen.press('Propose this');

      expect(backend.disputes.commands).toEqual([['propose', 'dispute-1', 0.75]]);
    });

    describe('proposed by the other', () => {
      beforeEach(() => {
        backend.disputes.disputes = [
          dispute({ proposal: { refundHours: 0.75, by: 'PROVIDER' }, proposals: 1 }),
        ];
      });

      it('waits for my answer', async () => {
        const screen = await open();

        expect(screen.announced).toContain('Ben Okafor proposes a settlement and waits for your answer.');
        expect(shares()).toEqual(['You get 0.75 h Ben Okafor gets 1.25 h']);
      });

      it('is accepted as shown, after a question', async () => {
        const screen = await open();
        await screen.press('Accept');
        expect(document.querySelector('mat-dialog-container')?.textContent).toContain(
          'You get 0.75 h, and Ben Okafor gets 1.25 h. That ends the dispute and cannot be undone.',
        );
        await screen.press('Yes, settle it');

        expect(backend.disputes.commands).toEqual([['answer', 'dispute-1', true, 0.75]]);
        expect(screen.announced).toContain('You are agreed. The settlement is being carried out…');
        expect(screen.buttons).toEqual([]);
      });

      it('is not accepted by who thinks better of it', async () => {
        const screen = await open();
        await screen.press('Accept');
        await screen.press('Not now');

        expect(backend.disputes.commands).toEqual([]);
      });

      it('is declined, and something else can be proposed at once', async () => {
        const screen = await open();
        await screen.press('Decline');

        expect(backend.disputes.commands).toEqual([['answer', 'dispute-1', false, 0.75]]);
        expect(screen.said).toContain('Declined.');
        expect(screen.button('Propose this')).toBeTruthy();
      });

      it('that has changed meanwhile is refused, and shown as it is now', async () => {
        const screen = await open();
        backend.disputes.refusal = new ApiError('TERMS_CHANGED');
        backend.disputes.move('dispute-1', { proposal: { refundHours: 0.25, by: 'PROVIDER' } });
        await screen.press('Accept');
        await screen.press('Yes, settle it');

        expect(screen.said).toContain('The terms have changed since you saw them.');
        expect(shares()).toEqual(['You get 0.25 h Ben Okafor gets 1.75 h']);
      });
    });

    it('is proposed no more once there were as many as possible', async () => {
      backend.disputes.disputes = [dispute({ proposals: 20 })];
      const screen = await open();

      expect(screen.text).toContain('There have been as many proposals as possible.');
      expect(() => screen.button('Propose this')).toThrow();
    });
  });

  describe('what both sides say', () => {
    const said = (): string[] =>
      [...document.querySelectorAll('app-statement-card strong')].map((name) => name.textContent);

    it('is told in order, the reason first', async () => {
      backend.disputes.laid = [statement()];
      const screen = await open();

      expect(said()).toEqual(['You', 'Ben Okafor']);
      expect(screen.text).toContain('The work is not what we agreed');
      expect(screen.text).toContain('The brake still squeaks');
    });

    it('is added to, and shown at once', async () => {
      const screen = await open(BEN);
      await screen.type('Your side of it', ' I came twice. ');
      await screen.press('Add the statement');

      expect(backend.disputes.commands).toEqual([['addStatement', 'dispute-1', 'I came twice.']]);
      expect(said()).toEqual(['Ada Lindqvist', 'You']);
      expect(screen.field('Your side of it').value).toBe('');
      expect(screen.said).toContain('Added.');
    });

    it('takes nothing that is empty', async () => {
      const screen = await open();
      await screen.type('Your side of it', '   ');
      await screen.press('Add the statement');

      expect(backend.disputes.commands).toEqual([]);
    });

    it('is limited to five statements of each side', async () => {
      const own = (number: number) => statement({ id: `s${number}`, authorRole: 'REQUESTER' });
      backend.disputes.laid = [1, 2, 3, 4].map(own);
      const four = await open();
      expect(four.text).toContain('You can add one more statement.');

      TestBed.resetTestingModule();
      backend.disputes.laid = [1, 2, 3, 4, 5].map(own);
      const five = await open();
      expect(five.text).toContain('You have added as many statements as there can be.');
      expect(() => five.button('Add the statement')).toThrow();
    });

    it('keeps what was written when it is refused', async () => {
      const screen = await open();
      backend.disputes.refusal = new ApiError('TOO_MUCH_EVIDENCE');
      await screen.type('Your side of it', 'Once more');
      await screen.press('Add the statement');

      expect(screen.announced.join()).toContain('You have added as much as possible already.');
      expect(screen.field('Your side of it').value).toBe('Once more');
    });
  });

  describe('files', () => {
    const picture = (name = 'brake.jpg', bytes = 1000): File =>
      new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' });
    const pick = async (screen: Screen, ...files: File[]): Promise<void> => {
      const picker = document.querySelector<HTMLInputElement>('input[type=file]');
      if (!picker) throw new Error('There is no picker of files');
      Object.defineProperty(picker, 'files', { value: files, configurable: true });
      Object.defineProperty(picker, 'value', { value: '', writable: true, configurable: true });
      picker.dispatchEvent(new Event('change'));
      await screen.settle();
    };
    const names = (): string[] =>
      [...document.querySelectorAll('app-file-card a')].map((link) => link.textContent);

    it('of both sides are listed: pictures to be seen, PDFs to be opened', async () => {
      backend.disputes.laid = [
        evidenceFile(),
        evidenceFile({
          id: 'f2',
          fileName: 'agreed.pdf',
          fileType: 'application/pdf',
          authorRole: 'PROVIDER',
        }),
      ];
      const screen = await open();

      expect(names()).toEqual(['brake.jpg', 'agreed.pdf']);
      expect(document.querySelectorAll('app-file-card img')).toHaveLength(1);
      expect(screen.link('agreed.pdf').target).toBe('_blank');
      expect(screen.text).toMatch(/471 kB ?· ?You/);
    });

    it('whose address could not be fetched can be fetched again', async () => {
      backend.disputes.laid = [evidenceFile()];
      const address = backend.disputes.fileAddress.bind(backend.disputes);
      backend.disputes.fileAddress = () => Promise.reject(new ApiError('UNEXPECTED'));
      const screen = await open();
      expect(names()).toEqual([]);

      backend.disputes.fileAddress = address;
      await screen.press('Fetch it again');

      expect(names()).toEqual(['brake.jpg']);
    });

    it('are announced, sent, and taken on record, one after the other', async () => {
      const screen = await open();
      await pick(screen, picture('one.jpg'), picture('two.jpg'));

      expect(backend.disputes.commands.map(([what, , ...rest]) => [what, ...rest])).toEqual([
        ['uploadPlace', 'one.jpg', 'image/jpeg', 1000],
        ['addFile', 'upload-1', 'one.jpg'],
        ['uploadPlace', 'two.jpg', 'image/jpeg', 1000],
        ['addFile', 'upload-3', 'two.jpg'],
      ]);
      expect(backend.transfer.sent).toEqual(['one.jpg', 'two.jpg']);
      expect(names()).toEqual(['one.jpg', 'two.jpg']);
      expect(document.querySelectorAll('.upload')).toHaveLength(0);
    });

    it('show how far they are', async () => {
      let arrive = (): void => {};
      backend.transfer.held = new Promise((resolve) => {
        arrive = resolve;
      });
      const screen = await open();
      await pick(screen, picture());
      backend.transfer.told?.(0.4);
      await screen.settle();

      const bar = document.querySelector('mat-progress-bar');
      expect(bar?.getAttribute('aria-valuenow')).toBe('40');
      expect(screen.text).toContain('Being sent…');
      arrive();
      await screen.settle();
      expect(names()).toEqual(['brake.jpg']);
    });

    it.each([
      ['of another kind', new File(['x'], 'notes.txt', { type: 'text/plain' }), 'Only images'],
      ['that are too large', picture('huge.jpg', 5 * 1024 * 1024 + 1), '5 MB are the most'],
      ['that are empty', picture('empty.jpg', 0), 'It is empty.'],
    ])('%s are refused before anything is sent', async (_which, file, words) => {
      const screen = await open();
      await pick(screen, file);

      expect(screen.text).toContain(words);
      expect(backend.disputes.commands).toEqual([]);
      await screen.press('Leave it out');
      expect(screen.text).not.toContain(words);
    });

    it('are at most five of each side', async () => {
      backend.disputes.laid = [1, 2, 3, 4].map((number) => evidenceFile({ id: `f${number}` }));
      const screen = await open();
      await pick(screen, picture('fifth.jpg'), picture('sixth.jpg'));

      expect(backend.transfer.sent).toEqual(['fifth.jpg']);
      expect(screen.text).toContain('You can add 5 files at most.');
      expect(screen.text).toContain('which are as many as there can be');
      expect(() => screen.button('Add files')).toThrow();
    });

    it('that were lost on the way are tried again, from where they failed', async () => {
      const screen = await open();
      backend.transfer.failure = new ApiError('OFFLINE');
      await pick(screen, picture());
      expect(screen.text).toContain('You are offline.');

      backend.transfer.failure = undefined;
      backend.disputes.refusal = undefined;
      await screen.press('Try again');

      expect(backend.disputes.commands.map(([what]) => what)).toEqual([
        'uploadPlace',
        'uploadPlace',
        'addFile',
      ]);
      expect(names()).toEqual(['brake.jpg']);
    });

    it('that the server refuses for what they contain are not tried again', async () => {
      const screen = await open();
      backend.disputes.addFile = () => Promise.reject(new ApiError('INVALID_FILE'));
      await pick(screen, picture());

      expect(screen.text).toContain('This file cannot be taken');
      expect(() => screen.button('Try again')).toThrow();
    });

    it('that arrived, but whose answer was lost, are not sent twice', async () => {
      const screen = await open();
      const addFile = backend.disputes.addFile.bind(backend.disputes);
      backend.disputes.addFile = () => Promise.reject(new ApiError('OFFLINE'));
      await pick(screen, picture());
      backend.disputes.addFile = addFile;
      await screen.press('Try again');

      expect(backend.transfer.sent).toEqual(['brake.jpg']);
      expect(names()).toEqual(['brake.jpg']);
    });
  });

  describe('live', () => {
    it('reads again what a hint names: a proposal, a statement, a decision', async () => {
      const screen = await open();
      backend.disputes.move('dispute-1', { proposal: { refundHours: 0.5, by: 'PROVIDER' } });
      backend.disputes.laid = [statement()];
      TestBed.inject(ProgressStore).tell({ kind: 'REQUEST', requestId: 'request-1', revision: 8 });
      await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
      await screen.settle();

      expect(screen.announced).toContain('Ben Okafor proposes a settlement and waits for your answer.');
      expect(screen.text).toContain('Both were fine when I left.');
    });

    it('reads again what a hint named while it was read for the first time', async () => {
      const get = backend.requests.get.bind(backend.requests);
      const held = Promise.withResolvers<undefined>();
      backend.requests.get = async (id) => {
        await held.promise;
        return get(id);
      };
      const screen = await open();
      backend.disputes.laid = [statement()];
      TestBed.inject(ProgressStore).tell({ kind: 'REQUEST', requestId: 'request-1', revision: 8 });
      await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
      held.resolve(undefined);
      await screen.settle();

      expect(screen.text).toContain('Both were fine when I left.');
    });

    it('keeps still when another request moves', async () => {
      const screen = await open();
      const reads = backend.disputes.reads;
      TestBed.inject(ProgressStore).tell({ kind: 'REQUEST', requestId: 'request-2', revision: 3 });
      await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
      await screen.settle();

      expect(backend.disputes.reads).toBe(reads);
    });

    it('never goes back to an older state', async () => {
      backend.disputes.disputes = [dispute({ status: 'SETTLED', refundHours: 1, updatedAt: inHours(0) })];
      const screen = await open();
      backend.disputes.disputes = [dispute({ updatedAt: inHours(-1) })];
      TestBed.inject(ProgressStore).tell({ kind: 'REQUEST', requestId: 'request-1', revision: 9 });
      await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
      await screen.settle();

      expect(screen.announced).toContain('You settled it between you.');
    });
  });

  it('says what went wrong, and tries again', async () => {
    backend.disputes.failure = new ApiError('UNEXPECTED');
    const screen = await open();
    expect(screen.announced.join()).toContain('Something went wrong on our side.');

    backend.disputes.failure = undefined;
    await screen.press('Try again');

    expect(screen.heading('Dispute about “Bike repair at your door”')).toBeTruthy();
  });
});
