import { TestBed } from '@angular/core/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ServerClock } from './server-clock';

const TOLD = '2026-07-01T12:00:00.000Z';

describe("the server's clock", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('shows just what it was told, even if a millisecond passes meanwhile', () => {
    let own = 1_000_000;
    vi.spyOn(Date, 'now').mockImplementation(() => own++);
    const clock = TestBed.inject(ServerClock);

    clock.learn(TOLD);

    expect(clock.now()).toBe(Date.parse(TOLD));
  });

  it('goes on as it was when it is told nothing that is a time', () => {
    const clock = TestBed.inject(ServerClock);
    clock.learn(TOLD);
    const before = clock.now();

    clock.learn('soon');

    expect(clock.now()).toBe(before);
  });
});
