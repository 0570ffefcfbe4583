import { bootstrapApplication } from '@angular/platform-browser';
import { ApiError } from '../app/shared/api/api-error';
import { App } from '../app/app';
import { appConfig } from '../app/app.config';
import { FakeBackend } from './fake-clients';
import { addConflicts } from './preview-conflicts';
import { fillTalk, makeTrouble } from './preview-talk';
import {
  ADA,
  BEN,
  STEPS_UNTIL_ASKED,
  STEPS_UNTIL_DELIVERED,
  logEntry,
  member,
  notification,
  offer,
  request,
  standing,
  step,
} from './samples';

/**
 * The app over fakes, to look at every face of every screen: `ng serve -c preview`, with `?face=` one of full, empty,
 * loading, failed, offline, visitor, trouble, and `&as=admin` as an admin sees it.
 */
const face = new URLSearchParams(location.search).get('face') ?? sessionStorage.getItem('face') ?? 'full';
sessionStorage.setItem('face', face);
const as = new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem('as') ?? 'member';
sessionStorage.setItem('as', as);

const backend = new FakeBackend();
const day = 24 * 3_600_000;
const at = (days: number): string => new Date(Date.now() + days * day).toISOString();

if (face !== 'empty') {
  backend.offers.offers = [
    offer(),
    offer({
      id: 'o2',
      title: 'Portuguese over coffee',
      category: 'LANGUAGES',
      place: 'EITHER',
      providerName: 'Inês Duarte',
      providerId: 'ines',
      description: 'An hour of talking, at your pace. Beginners are the most fun.',
    }),
    offer({
      id: 'o3',
      title: 'Sourdough from scratch',
      category: 'COOKING',
      providerName: 'Mirjam Vos',
      providerId: 'mirjam',
      rate: 1.5,
      description:
        'You bring a jar, and leave with a starter, a loaf and floury hands. Preparing takes me half as long again, hence the rate.',
    }),
    offer({
      id: 'o4',
      title: 'Make your phone behave',
      category: 'TECHNOLOGY',
      place: 'ONLINE',
      providerName: 'Tomasz Zieliński',
      providerId: 'tomasz',
      description: 'Photos, backups, that one setting nobody finds.',
    }),
    offer({
      id: 'o5',
      title: 'Walks with your dog',
      category: 'CARE',
      providerId: ADA,
      providerName: 'Ada Lindqvist',
      description: 'Mornings, along the canal, whatever the weather.',
    }),
    offer({
      id: 'o6',
      title: 'First chords on the guitar',
      category: 'ARTS',
      providerId: ADA,
      providerName: 'Ada Lindqvist',
      active: false,
      description: 'Three chords, forty songs.',
    }),
    offer({
      id: 'o7',
      title: 'Lift to the recycling yard',
      category: 'TRANSPORT',
      providerName: 'Ben Okafor',
      description: 'Saturday mornings. The van takes a sofa.',
    }),
  ];
  backend.requests.requests = [
    request({ expiresAt: at(1.95), updatedAt: at(-0.1) }),
    request({
      id: 'r2',
      status: 'COMPLETED',
      serviceTitle: 'Sourdough from scratch',
      providerName: 'Mirjam Vos',
      providerId: 'mirjam',
      estimatedHours: 2,
      agreedRate: 1.5,
      amount: 3,
      revision: 7,
      expiresAt: at(0.2),
      updatedAt: at(-1),
    }),
    request({
      id: 'r3',
      status: 'IN_PROGRESS',
      serviceTitle: 'Walks with your dog',
      serviceId: 'o5',
      requesterId: BEN,
      requesterName: 'Ben Okafor',
      providerId: ADA,
      providerName: 'Ada Lindqvist',
      amount: 1,
      estimatedHours: 1,
      revision: 6,
      expiresAt: at(28),
      updatedAt: at(-2),
    }),
    request({
      id: 'r4',
      status: 'PAID',
      serviceTitle: 'Make your phone behave',
      providerName: 'Tomasz Zieliński',
      amount: 1.25,
      estimatedHours: 1.25,
      revision: 9,
      expiresAt: undefined,
      updatedAt: at(-9),
    }),
    request({
      id: 'r5',
      status: 'EXPIRED',
      serviceTitle: 'Lift to the recycling yard',
      amount: 2,
      revision: 6,
      expiresAt: undefined,
      updatedAt: at(-20),
    }),
    request({
      id: 'r6',
      status: 'AWAITING_RESPONSE',
      serviceTitle: 'Walks with your dog',
      pendingEvent: 'ACCEPT',
      requesterId: 'ines',
      requesterName: 'Inês Duarte',
      providerId: ADA,
      providerName: 'Ada Lindqvist',
      amount: 1,
      estimatedHours: 1,
      expiresAt: at(1),
      updatedAt: at(-0.01),
    }),
  ];
  backend.requests.standing = (id?: string) =>
    Promise.resolve(
      id === 'r2'
        ? standing({ steps: STEPS_UNTIL_DELIVERED, revision: 7 })
        : id === 'r4'
          ? standing({
              revision: 8,
              steps: [
                ...STEPS_UNTIL_DELIVERED,
                step(8, {
                  status: 'PAID',
                  event: 'CONFIRM',
                  actorRole: 'REQUESTER',
                  at: at(-9),
                  note: 'Thank you!',
                }),
              ],
            })
          : standing({ steps: STEPS_UNTIL_ASKED }),
    );
  backend.balances.entries = [
    logEntry({ at: at(-0.1) }),
    logEntry({
      id: 'e2',
      type: 'TRANSFER',
      amount: 1,
      heldDelta: 0,
      balanceAfter: 10,
      requestId: 'r3',
      at: at(-3),
    }),
    logEntry({
      id: 'e3',
      type: 'TRANSFER',
      amount: 0,
      heldDelta: -1.25,
      balanceAfter: 9,
      requestId: 'r4',
      at: at(-9),
    }),
    logEntry({
      id: 'e4',
      type: 'REFUND',
      amount: 2,
      heldDelta: -2,
      balanceAfter: 9,
      requestId: 'r5',
      at: at(-20),
    }),
    logEntry({
      id: 'e5',
      type: 'WELCOME_BONUS',
      amount: 10,
      heldDelta: 0,
      balanceAfter: 10,
      requestId: undefined,
      at: at(-40),
    }),
  ];
  backend.notifications.notifications = [
    notification({
      id: 'n1',
      kind: 'WORK_DELIVERED',
      title: 'Sourdough from scratch',
      otherName: 'Mirjam Vos',
      requestId: 'r2',
      at: at(-0.02),
    }),
    notification({
      id: 'n2',
      kind: 'REQUEST_RECEIVED',
      title: 'Walks with your dog',
      otherName: 'Inês Duarte',
      requestId: 'r6',
      hours: 1,
      at: at(-0.1),
    }),
    notification({ id: 'n3', at: at(-2) }),
    notification({
      id: 'n4',
      kind: 'REQUEST_EXPIRED',
      title: 'Lift to the recycling yard',
      requestId: 'r5',
      at: at(-20),
    }),
  ];
  backend.members.seen = at(-1);
  addConflicts(backend);
  fillTalk(backend, at);
} else {
  backend.balances.hours = { total: 10, available: 10, held: 0, lockedAt: undefined };
}
backend.members.members = [
  member(),
  member({
    id: ADA,
    displayName: 'Ada Lindqvist',
    about: 'Dog person, early riser, amateur of three chords.',
    skills: ['dogs', 'guitar'],
    neighbourhood: 'Mill Lane',
  }),
  member({ id: 'admin-id', displayName: 'Mo Admin', about: '', skills: [], neighbourhood: '' }),
];
const failure =
  face === 'failed' ? new ApiError('UNEXPECTED') : face === 'offline' ? new ApiError('OFFLINE') : undefined;
for (const client of [
  backend.offers,
  backend.requests,
  backend.disputes,
  backend.balances,
  backend.notifications,
  backend.messages,
  backend.reviews,
  backend.accounts,
  backend.books,
])
  client.failure = failure;
if (failure) backend.members.get = () => Promise.reject(failure);
if (face === 'loading') {
  const never = () => new Promise<never>(() => undefined);
  backend.offers.browse = backend.offers.get = backend.offers.ofMember = never;
  backend.requests.open = backend.requests.ended = backend.requests.get = never;
  backend.disputes.get = backend.disputes.inStatus = backend.disputes.evidence = never;
  backend.balances.get = backend.balances.log = backend.notifications.list = backend.members.get = never;
}
if (face === 'trouble') makeTrouble(backend);
if (as === 'admin') backend.auth.signedIn = { id: 'admin-id', isAdmin: true };
if (face === 'visitor') backend.auth.signedIn = undefined;

void bootstrapApplication(App, { providers: [...appConfig.providers, ...backend.providers] }).then(() => {
  if (face === 'offline') backend.progress.lost();
  else backend.progress.live();
});
