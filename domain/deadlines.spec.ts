import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { planWait } from './deadlines.ts';
import { DAY, HOUR, after } from './instant.ts';
import { NOW, sampleRequest } from './samples.ts';

const completed = sampleRequest({ status: 'COMPLETED', expiresAt: after(NOW, 7 * DAY) });

describe('planWait', () => {
  it.each([
    [0, { over: false, timeoutSeconds: 5 * DAY, remindersDue: 0 }],
    [5 * DAY, { over: false, timeoutSeconds: DAY, remindersDue: 1 }],
    [6 * DAY + 1, { over: false, timeoutSeconds: DAY - 1, remindersDue: 2 }],
    [7 * DAY - 0.5, { over: false, timeoutSeconds: 1, remindersDue: 2 }],
    [7 * DAY, { over: true, timeoutSeconds: 1, remindersDue: 2 }],
  ])('%d s after delivery', (seconds, plan) => {
    expect(planWait(completed, after(NOW, seconds))).toEqual(plan);
  });

  it('waited out again and again comes to an end, at the deadline and not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 336 }), fc.integer({ min: 0, max: 5000 }), (hours, late) => {
        const expiresAt = after(NOW, hours * HOUR);
        const request = sampleRequest({ status: 'AWAITING_RESPONSE', responseTimeHours: hours, expiresAt });
        let now = NOW;
        let plan = planWait(request, now);
        for (let loops = 0; !plan.over; loops++) {
          expect(loops).toBeLessThan(5);
          now = after(now, plan.timeoutSeconds + late / 1000);
          plan = planWait(request, now);
        }
        expect(now >= expiresAt).toBe(true);
      }),
    );
  });

  it('has no plan where nobody is waited for', () => {
    expect(() => planWait(sampleRequest({ status: 'ESCROWED' }), NOW)).toThrow('waits for nobody');
  });
});
