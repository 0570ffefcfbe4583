import { expect, it } from 'vitest';
import { parseHours } from '../../../domain/hours.ts';
import { sampleRequest } from '../../../domain/samples.ts';
import { adjustmentStart, paymentStart, refundStart } from './transaction-start.ts';

it('an adjustment asked for twice is one start, whatever else is known of it', () => {
  const asked = {
    id: '44444444-4444-4444-8444-444444444444',
    adminId: 'admin',
    userId: 'member',
    hours: parseHours(2),
    reason: 'A correction',
    allowBelowZero: false,
  };
  const { reason, hours, ...others } = asked;
  const again = { status: 'DONE', createdAt: 'later', hours, ...others, reason };
  expect(JSON.stringify(adjustmentStart(again))).toBe(JSON.stringify(adjustmentStart(asked)));
});

it('a request is refunded once a revision, and paid once a revision, by names that Step Functions takes', () => {
  const request = sampleRequest({ revision: 123 });
  const names = [refundStart(request), paymentStart(request)].map(({ name }) => name);
  expect(names).toEqual([`compensation-${request.id}-123`, `payment-${request.id}-123`]);
  for (const name of names) expect(name).toMatch(/^[\w-]{1,80}$/);
});
