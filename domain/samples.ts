import { NO_HOURS, parseHours, parseRate } from './hours.ts';
import type { Escrow } from './ledger.ts';
import { escrowIdOf, type RequestRecord } from './request.ts';

/** Rows for tests; each test names only what it is about. */

export const NOW = '2026-11-24T10:00:00.000Z';
export const REQUESTER_ID = '11111111-1111-4111-8111-111111111111';
export const PROVIDER_ID = '22222222-2222-4222-8222-222222222222';
export const STRANGER_ID = '33333333-3333-4333-8333-333333333333';
export const REQUEST_ID = '44444444-4444-4444-8444-444444444444';

export const sampleRequest = (overrides: Partial<RequestRecord> = {}): RequestRecord => ({
  id: REQUEST_ID,
  serviceId: 'offer-1',
  serviceTitle: 'Guitar lessons',
  requesterId: REQUESTER_ID,
  providerId: PROVIDER_ID,
  status: 'INITIATED',
  estimatedHours: parseHours(2),
  agreedRate: parseRate(1),
  amount: parseHours(2),
  negotiationRound: 0,
  changesRequested: 0,
  responseTimeHours: 48,
  revision: 1,
  engine: 'v1',
  submissionHash: 'hash',
  createdAt: NOW,
  updatedAt: NOW,
  ...overrides,
});

export const sampleEscrow = (overrides: Partial<Escrow> = {}): Escrow => ({
  id: escrowIdOf(REQUEST_ID),
  requestId: REQUEST_ID,
  fromUserId: REQUESTER_ID,
  toUserId: PROVIDER_ID,
  amount: parseHours(2),
  status: 'ESCROWED',
  escrowType: 'SERVICE_REQUEST',
  releasedAmount: NO_HOURS,
  refundedAmount: NO_HOURS,
  ...overrides,
});
