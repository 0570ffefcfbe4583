import type { FakeBackend } from './fake-clients';
import {
  ADA,
  BEN,
  STEPS_UNTIL_COUNTERED,
  STEPS_UNTIL_DELIVERED,
  STEPS_UNTIL_DISPUTED,
  countered,
  dispute,
  evidenceFile,
  request,
  standing,
  statement,
  step,
} from './samples';
import type { ServiceRequest, Standing, Step } from '../app/shared/api/service-request';

const DAY_MS = 24 * 3_600_000;
const at = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

/** A picture in place of a photograph. */
const PHOTO = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="#b9a58c"/><circle cx="130" cy="190" r="70" fill="none" stroke="#3d3a36" stroke-width="10"/><circle cx="290" cy="190" r="70" fill="none" stroke="#3d3a36" stroke-width="10"/><path d="M130 190l55-95h70l35 95M185 95l40 95h-95" fill="none" stroke="#1c6871" stroke-width="9"/></svg>',
)}`;

/** Requests that are negotiated or disputed, for the preview. */
export function addConflicts(backend: FakeBackend): void {
  const stepsOf = new Map<string, readonly Step[]>();
  const add = (conflict: ServiceRequest, steps: readonly Step[]): void => {
    backend.requests.requests.push(conflict);
    stepsOf.set(conflict.id, steps);
  };
  const asProvider = {
    requesterId: BEN,
    requesterName: 'Ben Okafor',
    providerId: ADA,
    providerName: 'Ada Lindqvist',
  };
  const waiting = { expiresAt: at(1.4), updatedAt: at(-0.3) };

  add(countered({ id: 'n1', ...waiting }), STEPS_UNTIL_COUNTERED);
  add(
    countered({
      id: 'n2',
      serviceTitle: 'Walks with your dog',
      ...asProvider,
      ...waiting,
      negotiationRound: 4,
    }),
    [
      ...STEPS_UNTIL_COUNTERED,
      step(6, {
        status: 'NEGOTIATING',
        event: 'COUNTER_OFFER',
        actorRole: 'REQUESTER',
        terms: { hours: 2, rate: 1.25, amount: 2.5 },
        note: 'Two hours should do.',
      }),
    ].map((one) => ({ ...one, at: at(-0.2) })),
  );
  add(
    countered({
      id: 'n3',
      serviceTitle: 'Sourdough from scratch',
      ...waiting,
      offeredHours: 8,
      offeredAmount: 12,
    }),
    STEPS_UNTIL_COUNTERED,
  );
  add(
    countered({ id: 'n4', serviceTitle: 'Portuguese over coffee', ...waiting, negotiationRound: 2 }),
    STEPS_UNTIL_COUNTERED,
  );

  const disputed = {
    status: 'DISPUTED',
    revision: 8,
    expiresAt: at(28.5),
    updatedAt: at(-1.5),
    disputesByRequester: 1,
  } as const;
  const ids = { requestId: 'd1', id: 'dispute-d1-requester', escrowId: 'escrow-d1' };
  add(request({ id: 'd1', ...disputed, disputeId: ids.id }), STEPS_UNTIL_DISPUTED);
  add(
    request({
      id: 'd2',
      serviceTitle: 'Make your phone behave',
      ...disputed,
      ...asProvider,
      disputeId: 'dispute-d2-provider',
    }),
    STEPS_UNTIL_DISPUTED,
  );
  add(
    request({
      id: 'd3',
      serviceTitle: 'Lift to the recycling yard',
      status: 'PAID',
      revision: 9,
      expiresAt: undefined,
      updatedAt: at(-3),
      disputeId: 'dispute-d3-requester',
    }),
    [
      ...STEPS_UNTIL_DISPUTED,
      step(9, {
        status: 'PAID',
        event: 'PARTIAL_REFUND',
        actorRole: 'ADMIN',
        at: at(-3),
        note: 'Half of it was done, and done well.',
      }),
    ],
  );
  add(
    request({
      id: 'w1',
      serviceTitle: 'Shelves on the wall',
      status: 'COMPLETED',
      revision: 7,
      expiresAt: at(5),
      updatedAt: at(-0.5),
    }),
    STEPS_UNTIL_DELIVERED,
  );

  backend.disputes.disputes = [
    dispute({
      ...ids,
      createdAt: at(-1.5),
      expiresAt: at(28.5),
      proposal: { refundHours: 0.75, by: 'PROVIDER' },
      proposals: 1,
    }),
    dispute({
      id: 'dispute-d2-provider',
      requestId: 'd2',
      escrowId: 'escrow-d2',
      serviceTitle: 'Make your phone behave',
      ...asProvider,
      openedByRole: 'PROVIDER',
      reason: 'I was not let in to do the work',
      statement: 'I came at six as agreed, rang three times and waited for half an hour. Nobody was at home.',
      createdAt: at(-2.6),
      expiresAt: at(27.4),
    }),
    dispute({
      id: 'dispute-d3-requester',
      requestId: 'd3',
      escrowId: 'escrow-d3',
      serviceTitle: 'Lift to the recycling yard',
      status: 'RESOLVED',
      decision: 'PARTIAL_REFUND',
      refundHours: 1,
      decidedAt: at(-3),
      decisionNote: 'Half of it was done, and done well.',
      createdAt: at(-5),
      expiresAt: undefined,
    }),
    dispute({
      id: 'dispute-d4-requester',
      requestId: 'd4',
      escrowId: 'escrow-d4',
      serviceTitle: 'Portuguese over coffee',
      requesterName: 'Mirjam Vos',
      providerName: 'Inês Duarte',
      requesterId: 'mirjam',
      providerId: 'ines',
      reason: 'It never happened',
      createdAt: at(-0.2),
      expiresAt: at(29.8),
    }),
  ];
  backend.disputes.laid = [
    evidenceFile({ at: at(-1.4) }),
    evidenceFile({
      id: 'f2',
      fileName: 'what we agreed on by message, with all the details.pdf',
      fileType: 'application/pdf',
      fileSize: 88_200,
      at: at(-1.3),
    }),
    statement({ at: at(-1.2) }),
    evidenceFile({
      id: 'f3',
      authorRole: 'PROVIDER',
      fileName: 'after.png',
      fileType: 'image/png',
      fileSize: 2_300_000,
      at: at(-1.1),
    }),
    statement({
      id: 's2',
      authorRole: 'REQUESTER',
      text: 'It squeaked before I was at the corner. The photo is from that evening.',
      at: at(-1),
    }),
  ];
  backend.disputes.address = PHOTO;
  backend.disputes.fileAddress = () => Promise.resolve({ url: PHOTO, expiresAt: at(0.1) });

  const before: (id?: string) => Promise<Standing> = backend.requests.standing.bind(backend.requests);
  backend.requests.standing = (id?: string) => {
    const steps = id === undefined ? undefined : stepsOf.get(id);
    return steps ? Promise.resolve(standing({ revision: steps.at(-1)?.revision ?? 1, steps })) : before(id);
  };
}
