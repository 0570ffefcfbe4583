import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../../../testing/fake-clients';
import type { Change } from './progress-store';
import { ProgressStore } from './progress-store';

const HINT = { kind: 'REQUEST', requestId: 'r', revision: 5 } as const;
const ANYTHING = { kind: 'ANYTHING' } as const;

describe('the live feed', () => {
  let backend: FakeBackend;
  let store: ProgressStore;
  let changes: Change[];

  beforeEach(() => {
    vi.useFakeTimers();
    backend = new FakeBackend();
    TestBed.configureTestingModule({ providers: backend.providers });
    store = TestBed.inject(ProgressStore);
    changes = [];
    store.changes.subscribe((change) => changes.push(change));
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('passes hints on while it is open', () => {
    store.start();
    backend.progress.live();
    backend.progress.hint(HINT);

    expect(store.connection()).toBe('live');
    expect(changes).toEqual([ANYTHING, HINT]);
  });

  it('has everything read again when a lost line is back: hints may have been missed', () => {
    store.start();
    backend.progress.live();
    changes.length = 0;

    backend.progress.lost();
    expect(store.connection()).toBe('lost');
    backend.progress.live();

    expect(store.connection()).toBe('live');
    expect(changes).toEqual([ANYTHING]);
  });

  it('opens a feed that ended again, later each time', async () => {
    store.start();
    backend.progress.ended();
    expect(backend.progress.opened).toBe(1);

    await vi.advanceTimersByTimeAsync(1_000);
    expect(backend.progress.opened).toBe(2);

    backend.progress.ended();
    await vi.advanceTimersByTimeAsync(900);
    expect(backend.progress.opened).toBe(2);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(backend.progress.opened).toBe(3);
  });

  it('opens a new feed for a line that stays down, and says so until it is up', async () => {
    store.start();
    backend.progress.live();
    backend.progress.lost();
    backend.progress.lost();
    await vi.advanceTimersByTimeAsync(1_000);

    expect(backend.progress.opened).toBe(2);
    expect(store.connection()).toBe('lost');

    backend.progress.live();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(backend.progress.opened).toBe(2);
    expect(store.connection()).toBe('live');
  });

  it('does not wait for the back-off once the browser is online again', async () => {
    store.start();
    backend.progress.ended();
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);

    expect(backend.progress.opened).toBe(2);
  });

  it('is silent after a sign-out, whatever still arrives', async () => {
    store.start();
    backend.progress.live();
    changes.length = 0;

    store.stop();
    backend.progress.hint(HINT);
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(120_000);

    expect(changes).toEqual([]);
    expect(backend.progress.isOpen).toBe(false);
    expect(backend.progress.opened).toBe(1);
  });
});
