import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { WAITS, deadlineSeconds, planWait } from './deadlines.ts';
import { DAY, HOUR, after } from './instant.ts';
import { NOW, sampleRequest } from './samples.ts';

const completed = sampleRequest({ status: 'COMPLETED', expiresAt: after(NOW, 7 * DAY) });

const disputed = sampleRequest({ status: 'DISPUTED', expiresAt: after(NOW, 30 * DAY) });

describe('a wait', () => {
  it.each([
    ['AWAITING_RESPONSE', 172_800, 'PROVIDER', undefined, undefined],
    ['NEGOTIATING', 172_800, 'TURN', undefined, undefined],
    ['IN_PROGRESS', 2_592_000, 'PROVIDER', undefined, undefined],
    [
      'COMPLETED',
      604_800,
      'REQUESTER',
      { after: [432_000, 518_400], tells: 'REQUESTER', kind: 'CONFIRMATION_DUE' },
      undefined,
    ],
    [
      'DISPUTED',
      2_592_000,
      'ADMIN',
      { after: [86_400, 129_600, 172_800], tells: 'ADMIN', kind: 'DISPUTE_UNDECIDED' },
      172_800,
    ],
  ] as const)('in %s lasts %d s and waits for %s', (status, seconds, waitsFor, reminder, alarmAfter) => {
    expect(deadlineSeconds(status, { responseTimeHours: 48 })).toBe(seconds);
    expect(WAITS[status]).toMatchObject({ waitsFor });
    expect(WAITS[status]?.reminder).toEqual(reminder);
    expect(WAITS[status]?.alarmAfter).toBe(alarmAfter);
  });

  it('lasts nowhere else', () => {
    expect(Object.keys(WAITS).sort()).toEqual([
      'AWAITING_RESPONSE',
      'COMPLETED',
      'DISPUTED',
      'IN_PROGRESS',
      'NEGOTIATING',
    ]);
  });
});

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

  it.each([
    [0, { over: false, timeoutSeconds: DAY, remindersDue: 0 }],
    [DAY, { over: false, timeoutSeconds: 12 * HOUR, remindersDue: 1 }],
    [36 * HOUR, { over: false, timeoutSeconds: 12 * HOUR, remindersDue: 2 }],
    [2 * DAY, { over: false, timeoutSeconds: 28 * DAY, remindersDue: 3 }],
    [30 * DAY, { over: true, timeoutSeconds: 1, remindersDue: 3 }],
  ])('%d s after a dispute was opened', (seconds, plan) => {
    expect(planWait(disputed, after(NOW, seconds))).toEqual(plan);
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
    expect(() => planWait(sampleRequest({ status: 'ESCROWED', expiresAt: NOW }), NOW)).toThrow(
      'A request in ESCROWED waits for nobody',
    );
    const { expiresAt: _, ...endless } = completed;
    expect(() => planWait(endless, NOW)).toThrow('A request in COMPLETED waits for nobody');
  });
});
