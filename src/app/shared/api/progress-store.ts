import { DOCUMENT, DestroyRef, Service, inject, signal } from '@angular/core';
import { Subject } from 'rxjs';
import { ProgressClient } from './progress-client';
import type { Hint } from './progress-client';

export type ConnectionState = 'connecting' | 'live' | 'lost' | 'offline';

/** What may have changed: what a hint names, or anything at all (after the line was down). */
export type Change = Hint | { readonly kind: 'ANYTHING' };

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** A page that slept longer than this may have missed hints without noticing. */
const LONG_SLEEP_MS = 30_000;

/**
 * Keeps one feed of hints open while a member is signed in, and tells everybody who shows something when to read it
 * again. Nothing is taken from a hint itself; so a lost, doubled or late one does no harm, and after every reconnect
 * all is read again.
 */
@Service()
export class ProgressStore {
  readonly #client = inject(ProgressClient);
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #connection = signal<ConnectionState>('connecting');
  readonly #changes = new Subject<Change>();
  #close: (() => void) | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #delay = FIRST_DELAY_MS;
  #hiddenSince: number | undefined;

  readonly connection = this.#connection.asReadonly();
  readonly changes = this.#changes.asObservable();

  constructor() {
    const page = this.#window;
    const listeners = {
      online: () => {
        this.#reopen();
      },
      offline: () => {
        if (this.#close) this.#connection.set('offline');
      },
      visibilitychange: () => {
        this.#wake(page?.document.visibilityState === 'visible');
      },
    };
    page?.addEventListener('online', listeners.online);
    page?.addEventListener('offline', listeners.offline);
    page?.document.addEventListener('visibilitychange', listeners.visibilitychange);
    inject(DestroyRef).onDestroy(() => {
      this.stop();
      page?.removeEventListener('online', listeners.online);
      page?.removeEventListener('offline', listeners.offline);
      page?.document.removeEventListener('visibilitychange', listeners.visibilitychange);
    });
  }

  /** Opens the feed, if it is not open. */
  start(): void {
    if (this.#close) return;
    this.#connection.set('connecting');
    this.#open();
  }

  /** Closes the feed: the member signed out. */
  stop(): void {
    this.#forgetRetry();
    this.#close?.();
    this.#close = undefined;
    this.#delay = FIRST_DELAY_MS;
  }

  /** Says that something changed here, without waiting for its hint: the member's own command. */
  tell(change: Change): void {
    this.#changes.next(change);
  }

  #open(): void {
    let over = false;
    const close = this.#client.open({
      hint: (hint) => {
        if (!over) this.#changes.next(hint);
      },
      live: () => {
        if (!over) this.#catchUp();
      },
      lost: () => {
        if (!over) this.#lose();
      },
      ended: () => {
        if (over) return;
        over = true;
        this.#lose();
      },
    });
    this.#close = () => {
      over = true;
      close();
    };
  }

  /** The line is up: what happened before it was is read now. */
  #catchUp(): void {
    this.#forgetRetry();
    this.#connection.set('live');
    this.#delay = FIRST_DELAY_MS;
    this.#changes.next({ kind: 'ANYTHING' });
  }

  /** Amplify alone would try once after 5 s and then once a minute; a member at a live page should not wait so long. */
  #lose(): void {
    this.#connection.set(this.#onLine() ? 'lost' : 'offline');
    if (this.#retry !== undefined) return;
    const jittered = this.#delay * (0.5 + Math.random() / 2);
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
    this.#retry = setTimeout(() => {
      this.#reopen();
    }, jittered);
  }

  #reopen(): void {
    if (!this.#close) return;
    this.#forgetRetry();
    this.#close();
    if (this.#connection() === 'offline') this.#connection.set('connecting');
    this.#open();
  }

  #forgetRetry(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  #wake(visible: boolean): void {
    if (!visible) {
      this.#hiddenSince = Date.now();
      return;
    }
    const slept = this.#hiddenSince === undefined ? 0 : Date.now() - this.#hiddenSince;
    this.#hiddenSince = undefined;
    if (this.#close && slept > LONG_SLEEP_MS) this.#changes.next({ kind: 'ANYTHING' });
  }

  #onLine(): boolean {
    return this.#window?.navigator.onLine ?? true;
  }
}
