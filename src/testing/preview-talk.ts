import { ApiError } from '../app/shared/api/api-error';
import type { FakeBackend } from './fake-clients';
import { ADA, BEN, adminAction, balance, message, offer, ownReview, report, review } from './samples';

/** What neighbours say to and of each other, and what admins see, for the preview. */
export function fillTalk(backend: FakeBackend, at: (days: number) => string): void {
  backend.messages.pageSize = 8;
  backend.messages.messages = [
    message({ id: 'm0', text: 'Hello! Which bike is it?', at: at(-3.2) }),
    message({ id: 'm1', authorId: ADA, text: 'The old green one. It has drum brakes.', at: at(-3.1) }),
    message({
      id: 'm2',
      authorId: ADA,
      text: 'I could bring it to yours, if that saves you carrying the tools up.',
      at: at(-3.09),
    }),
    message({ id: 'm3', text: 'No need, I like the walk.', at: at(-1.2) }),
    message({
      id: 'm4',
      text: 'Shall I bring a chain? Yours may be past saving, and the shop on the corner closes at six.\n\nIt would be about twelve in parts.',
      at: at(-1.19),
    }),
    message({ id: 'm5', authorId: ADA, text: 'Please do.', at: at(-1.1) }),
    message({ id: 'm6', text: 'Good. Thursday at six then.', at: at(-0.02) }),
    message({ id: 'm7', authorId: ADA, text: 'I will have the kettle on.', at: at(-0.01) }),
    message({ id: 'm8', text: 'Even better.', at: at(-0.005) }),
  ];
  backend.offers.offers = backend.offers.offers.map((one, index) =>
    offer({ ...one, ratings: { ratingSum: index * 9, ratingCount: index * 2 } }),
  );
  backend.reviews.reviews = [
    review({ authorName: 'Inês Duarte', authorId: 'ines', at: at(-4) }),
    review({
      id: 'v2',
      authorName: 'Mirjam Vos',
      authorId: 'mirjam',
      rating: 4,
      comment: 'Knows his brakes. Came a little late, and stayed for bread.',
      at: at(-30),
    }),
    review({
      id: 'v3',
      authorName: 'Tomasz Zieliński',
      authorId: 'tomasz',
      authorRole: 'PROVIDER',
      comment: '',
      at: at(-60),
    }),
    review({ id: 'v4', authorName: 'Ada Lindqvist', at: at(-90), rating: 3, comment: 'Fine.' }),
  ];
  backend.books.checks = [
    report({ startedAt: at(-0.3), finishedAt: at(-0.299) }),
    report({
      id: 'c2',
      status: 'MISMATCHED',
      mismatches: 2,
      requestedBy: 'Mo Admin',
      startedAt: at(-1.3),
      finishedAt: at(-1.299),
      findings: [
        {
          accountId: BEN,
          memberName: 'Ben Okafor',
          words: ['Available is 9.25, but the log comes to 8.25.', 'The last entry says 8.25.'],
          locked: true,
        },
        {
          accountId: 'treasury-3',
          memberName: undefined,
          words: ['Available is −40, but the log comes to −41.'],
          locked: false,
        },
      ],
    }),
    report({ id: 'c3', startedAt: at(-2.3), finishedAt: at(-2.299), accountsChecked: 47 }),
    report({ id: 'c4', startedAt: at(-3.3), finishedAt: at(-3.299), accountsChecked: 47 }),
  ];
  backend.books.now = at(0);
  backend.accounts.done = [
    adminAction({ reason: 'Four hours of tables and chairs at the street party.', hours: 4, at: at(-2) }),
    adminAction({
      id: 'a2',
      hours: -12,
      status: 'REFUSED',
      refusal: 'INSUFFICIENT_HOURS',
      reason: 'Booked twice.',
      at: at(-5),
    }),
    adminAction({
      id: 'a3',
      kind: 'UNLOCK',
      hours: undefined,
      reason: 'The count was wrong, not Ben.',
      at: at(-6),
    }),
    adminAction({
      id: 'a4',
      kind: 'LOCK',
      hours: undefined,
      adminName: undefined,
      reason: 'Available is 9.25, but the log comes to 8.25.',
      at: at(-7),
    }),
  ];
}

/** What members and admins see when things are not well: a locked account below zero, books that do not balance. */
export function makeTrouble(backend: FakeBackend): void {
  backend.balances.hours = balance({ available: -2, total: 0, lockedAt: backend.books.checks[0]?.startedAt });
  backend.books.checks = backend.books.checks.slice(1);
  backend.messages.refusal = new ApiError('OFFLINE');
  backend.reviews.own = ownReview();
  backend.reviews.reviews = [];
}
