import * as fc from 'fast-check';
import type { Runs } from '../../dev/bank/bank.ts';

/**
 * One step of a sequence, before it is known whom it meets: numbers choose among what is there, so that a shorter
 * sequence still means something. `want` names a move (`PROVIDER ACCEPT`) where a directed sequence wants just that one.
 */
export type Step =
  | {
      readonly kind: 'SUBMIT';
      readonly by: number;
      readonly offer: number;
      readonly quarters: number;
      readonly how: SubmitHow;
    }
  | {
      readonly kind: 'MOVE';
      readonly deal: number;
      readonly pick: number;
      readonly want?: string;
      readonly x: number;
      readonly how: MoveHow;
      readonly runs: Runs;
    }
  | {
      readonly kind: 'WILD';
      readonly deal: number;
      readonly who: number;
      readonly op: number;
      readonly x: number;
    }
  | {
      readonly kind: 'RACE';
      readonly deal: number;
      readonly pick: number;
      readonly other: number;
      readonly want?: readonly [string, string];
      readonly x: number;
      readonly how: 'IN_ORDER' | 'TOGETHER';
    }
  | { readonly kind: 'CLOCK'; readonly deal: number; readonly to: ClockTarget }
  | { readonly kind: 'TALK'; readonly deal: number; readonly who: number; readonly x: number }
  | {
      readonly kind: 'ADMIN';
      readonly who: number;
      readonly member: number;
      readonly what: 'ADJUST' | 'LOCK' | 'OPEN';
      readonly quarters: number;
      readonly how: 'ONCE' | 'AGAIN' | 'TOGETHER' | 'OTHER_BODY';
    }
  | { readonly kind: 'OFFER'; readonly offer: number; readonly change: 'CLOSE' | 'OPEN' | 'RATE' }
  | {
      readonly kind: 'LATE';
      readonly deal: number;
      readonly what: 'TOKEN' | 'STEP' | 'SWEEP';
      readonly x: number;
    }
  | {
      readonly kind: 'FAIL';
      readonly deal: number;
      readonly pick: number;
      readonly want?: string;
      readonly x: number;
      readonly skip: number;
      readonly times: number;
    };

export type SubmitHow =
  'ONCE' | 'AGAIN' | 'TOGETHER' | 'THREE' | 'OFFER_CLOSED' | 'STALE_RATE' | 'OTHER_BODY' | 'FAIL';
export type MoveHow = 'ONCE' | 'AGAIN' | 'TOGETHER' | 'WAKE_LOST' | 'STALE_ROUND';
export type ClockTarget = 'JUST_BEFORE' | 'AT' | 'JUST_AFTER' | 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';

const small = fc.nat(11);
const x = fc.nat(63);
const rarely = <Value extends string>(usual: Value, ...others: readonly Value[]) =>
  fc.oneof(
    { weight: 3 * others.length, arbitrary: fc.constant(usual) },
    ...others.map((other) => fc.constant(other)),
  );

const submit = fc.record({
  kind: fc.constant('SUBMIT' as const),
  by: small,
  offer: small,
  quarters: fc.integer({ min: 1, max: 16 }),
  how: rarely<SubmitHow>(
    'ONCE',
    'AGAIN',
    'TOGETHER',
    'THREE',
    'OFFER_CLOSED',
    'STALE_RATE',
    'OTHER_BODY',
    'FAIL',
  ),
});

const move = fc.record({
  kind: fc.constant('MOVE' as const),
  deal: small,
  pick: small,
  x,
  how: rarely<MoveHow>('ONCE', 'AGAIN', 'TOGETHER', 'WAKE_LOST', 'STALE_ROUND'),
  runs: fc.constantFrom<Runs>(
    'ONCE',
    'AGAIN',
    'TOGETHER',
    'CRASH BEFORE 1',
    'CRASH AFTER 1',
    'CRASH BEFORE 2',
    'CRASH AFTER 2',
    'CRASH AFTER 3',
  ),
});

const wild = fc.record({ kind: fc.constant('WILD' as const), deal: small, who: small, op: small, x });

const race = fc.record({
  kind: fc.constant('RACE' as const),
  deal: small,
  pick: small,
  other: small,
  x,
  how: fc.constantFrom('IN_ORDER' as const, 'TOGETHER' as const),
});

const clock = fc.record({
  kind: fc.constant('CLOCK' as const),
  deal: small,
  to: fc.constantFrom<ClockTarget>(
    'JUST_BEFORE',
    'AT',
    'JUST_AFTER',
    'HOUR',
    'HOUR',
    'DAY',
    'DAY',
    'WEEK',
    'MONTH',
  ),
});

const offer = fc.record({
  kind: fc.constant('OFFER' as const),
  offer: small,
  change: fc.constantFrom('CLOSE' as const, 'OPEN' as const, 'OPEN' as const, 'RATE' as const),
});

const talk = fc.record({ kind: fc.constant('TALK' as const), deal: small, who: small, x });

const admin = fc.record({
  kind: fc.constant('ADMIN' as const),
  who: small,
  member: small,
  what: fc.constantFrom(
    'ADJUST' as const,
    'ADJUST' as const,
    'LOCK' as const,
    'OPEN' as const,
    'OPEN' as const,
  ),
  quarters: fc.integer({ min: -24, max: 24 }).filter((quarters) => quarters !== 0),
  how: rarely<'ONCE' | 'AGAIN' | 'TOGETHER' | 'OTHER_BODY'>('ONCE', 'AGAIN', 'TOGETHER', 'OTHER_BODY'),
});

const late = fc.record({
  kind: fc.constant('LATE' as const),
  deal: small,
  what: fc.constantFrom('TOKEN' as const, 'STEP' as const, 'SWEEP' as const),
  x,
});

const fail = fc.record({
  kind: fc.constant('FAIL' as const),
  deal: small,
  pick: small,
  x,
  skip: fc.nat(3),
  times: fc.constantFrom(1, 1, 1, 4),
});

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: submit },
  { weight: 14, arbitrary: move },
  { weight: 6, arbitrary: wild },
  { weight: 3, arbitrary: race },
  { weight: 3, arbitrary: clock },
  { weight: 2, arbitrary: talk },
  { weight: 2, arbitrary: admin },
  { weight: 1, arbitrary: offer },
  { weight: 3, arbitrary: late },
  { weight: 1, arbitrary: fail },
);

/** Thirty steps in the mean; one sequence in twenty is of up to two hundred. */
export const sequence: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 19, arbitrary: fc.array(step, { minLength: 1, maxLength: 52, size: 'max' }) },
  { weight: 1, arbitrary: fc.array(step, { minLength: 1, maxLength: 200, size: 'max' }) },
);
