import { DestroyRef, Service, computed, effect, inject, signal } from '@angular/core';
import { ApiError } from '../shared/api/api-error';
import { BalanceStore } from '../shared/api/balance-store';
import type { Dispute, DisputeChanged, Evidence } from '../shared/api/dispute';
import { DisputeClient } from '../shared/api/dispute-client';
import { withChange } from '../shared/api/dispute-row';
import { reloadOn } from '../shared/api/reload-on';
import { RequestClient } from '../shared/api/request-client';
import type { ServiceRequest } from '../shared/api/service-request';
import { SessionStore } from '../shared/session/session-store';
import { viewOf } from './dispute-view';

/** A list may be a moment behind what was just added; it is read again after this long, then twice as long... */
const BEHIND_MS = 400;
const MOST_REPEATS = 5;
/** While the system is at work its end is looked for as well, should the hint of it be lost. */
const WATCH_MS = 5_000;

/** One dispute, its request and all that was laid before the admins, kept up to date while its page is open. */
@Service({ autoProvided: false })
export class DisputeStore {
  readonly #client = inject(DisputeClient);
  readonly #requests = inject(RequestClient);
  readonly #session = inject(SessionStore);
  readonly #balance = inject(BalanceStore);
  readonly #dispute = signal<Dispute | undefined>(undefined);
  readonly #request = signal<ServiceRequest | undefined>(undefined);
  readonly #evidence = signal<readonly Evidence[]>([]);
  readonly #error = signal<unknown>(undefined);
  readonly #acting = signal(false);
  #disputeId: string | undefined;
  /** What was just added and the list must show. */
  #added: string | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  readonly dispute = this.#dispute.asReadonly();
  readonly evidence = this.#evidence.asReadonly();
  readonly error = this.#error.asReadonly();
  /** A command is on its way. */
  readonly acting = this.#acting.asReadonly();
  readonly view = computed(() => {
    const dispute = this.#dispute();
    const request = this.#request();
    return dispute && request && viewOf(dispute, request, this.#session.member()?.id);
  });

  constructor() {
    reloadOn(
      ({ requestId }) => requestId !== undefined && this.#mayConcern(requestId),
      () => void this.reload(),
    );
    const systemAtWork = computed(() => this.view()?.pendingEvent !== undefined);
    effect((onCleanup) => {
      if (!systemAtWork()) return;
      const watch = setInterval(() => void this.reload(), WATCH_MS);
      onCleanup(() => {
        clearInterval(watch);
      });
    });
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.#again);
    });
  }

  /** Until the dispute is here nobody knows which request is its: what is being read may be old already. */
  #mayConcern(requestId: string): boolean {
    const dispute = this.#dispute();
    return dispute === undefined || dispute.requestId === requestId;
  }

  /** Shows another dispute. */
  async open(disputeId: string): Promise<void> {
    this.#disputeId = disputeId;
    this.#added = undefined;
    this.#dispute.set(undefined);
    this.#request.set(undefined);
    this.#evidence.set([]);
    await this.reload();
  }

  async reload(repeats = 0): Promise<void> {
    const id = this.#disputeId;
    if (id === undefined) return;
    clearTimeout(this.#again);
    try {
      const [dispute, evidence] = await Promise.all([this.#client.get(id), this.#client.evidence(id)]);
      const request = await this.#requests.get(dispute.requestId);
      if (id !== this.#disputeId) return;
      this.#take(dispute, request, evidence);
      this.#error.set(undefined);
      if (this.#isBehind(evidence) && repeats < MOST_REPEATS) {
        this.#again = setTimeout(() => void this.reload(repeats + 1), BEHIND_MS * 2 ** repeats);
      }
    } catch (error) {
      if (id === this.#disputeId) this.#error.set(error);
    }
  }

  /** Gives a command about the dispute and shows at once what it answered. @throws ApiError */
  async act(command: (client: DisputeClient, disputeId: string) => Promise<DisputeChanged>): Promise<void> {
    this.#acting.set(true);
    try {
      const changed = await this.#told(command);
      this.#dispute.update((dispute) =>
        dispute && changed.updatedAt >= dispute.updatedAt ? withChange(dispute, changed) : dispute,
      );
      this.#request.update((request) => request && { ...request, pendingEvent: changed.pendingEvent });
      void this.#balance.reload();
      void this.reload();
    } finally {
      this.#acting.set(false);
    }
  }

  /** Adds a statement or a file, and reads until it is listed. @throws ApiError */
  async add(command: (client: DisputeClient, disputeId: string) => Promise<string>): Promise<void> {
    this.#added = await this.#told(command);
    await this.reload();
  }

  /** Asks for something that changes nothing. @throws ApiError */
  async ask<T>(question: (client: DisputeClient, disputeId: string) => Promise<T>): Promise<T> {
    if (this.#disputeId === undefined) throw new Error('No dispute is shown');
    return await question(this.#client, this.#disputeId);
  }

  /** Refused for what has happened meanwhile: it is shown. */
  async #told<T>(command: (client: DisputeClient, disputeId: string) => Promise<T>): Promise<T> {
    try {
      return await this.ask(command);
    } catch (error) {
      if (error instanceof ApiError && error.code !== 'OFFLINE') void this.reload();
      throw error;
    }
  }

  /** Older rows than the ones shown are ignored: answers may overtake each other. */
  #take(dispute: Dispute, request: ServiceRequest, evidence: readonly Evidence[]): void {
    if (dispute.updatedAt >= (this.#dispute()?.updatedAt ?? '')) this.#dispute.set(dispute);
    if (!isOlder(request, this.#request())) this.#request.set(request);
    if (evidence.length >= this.#evidence().length) this.#evidence.set(evidence);
  }

  #isBehind(evidence: readonly Evidence[]): boolean {
    return this.#added !== undefined && !evidence.some(({ id }) => id === this.#added);
  }
}

/** What is pending is carried out with the next revision: the same one without it was read before. */
const isOlder = (request: ServiceRequest, shown: ServiceRequest | undefined): boolean =>
  shown !== undefined &&
  (request.revision < shown.revision ||
    (request.revision === shown.revision &&
      shown.pendingEvent !== undefined &&
      request.pendingEvent === undefined));
