/**
 * Puts `Date` and `performance.timeOrigin` of this thread ahead of real time by `offset()` milliseconds, asked anew
 * each time, so that code already running sees a clock that is moved. Timers and `performance.now()` keep real time.
 */
export function moveDate(offset: () => number): void {
  const RealDate = Date;
  const now = () => RealDate.now() + offset();
  const MovedDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, property, receiver): unknown =>
      property === 'now' ? now : Reflect.get(target, property, receiver),
  });
  RealDate.prototype.constructor = MovedDate;
  globalThis.Date = MovedDate;

  const { timeOrigin } = performance;
  Object.defineProperty(performance, 'timeOrigin', { configurable: true, get: () => timeOrigin + offset() });
}
