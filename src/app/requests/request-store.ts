import { DestroyRef, Service, computed, effect, inject, signal } from '@angular/core';
import { BalanceStore } from '../shared/api/balance-store';
import { ApiError } from '../shared/api/api-error';
import type { Dispute } from '../shared/api/dispute';
import { DisputeClient } from '../shared/api/dispute-client';
import type { Change } from '../shared/api/progress-store';
import { reloadOn } from '../shared/api/reload-on';
import { RequestClient } from '../shared/api/request-client';
import type { Changed, ServiceRequest, Standing } from '../shared/api/service-request';
import { SessionStore } from '../shared/session/session-store';
import { viewOf } from './request-view';

/** A read may be a moment behind the hint that asked for it; it is repeated after this long, then twice as long... */
const BEHIND_MS = 400;
const MOST_REPEATS = 5;
/** While the system is at work its end is looked for as well, should the hint of it be lost. */
const WATCH_MS = 5_000;

/** One request and where it stands, kept up to date while its page is open. */
@Service({ autoProvided: false })
export class RequestStore {
  readonly #client = inject(RequestClient);
  readonly #disputes = inject(DisputeClient);
  readonly #session = inject(SessionStore);
  readonly #balance = inject(BalanceStore);
  readonly #request = signal<ServiceRequest | undefined>(undefined);
  readonly #standing = signal<Standing | undefined>(undefined);
  readonly #dispute = signal<Dispute | undefined>(undefined);
  readonly #error = signal<unknown>(undefined);
  readonly #acting = signal(false);
  #requestId: string | undefined;
  #hinted = 0;
  #again: ReturnType<typeof setTimeout> | undefined;

  readonly standing = this.#standing.asReadonly();
  readonly error = this.#error.asReadonly();
  /** A command is on its way. */
  readonly acting = this.#acting.asReadonly();
  readonly view = computed(() => {
    const request = this.#request();
    return request && viewOf(request, this.#session.member()?.id, this.#dispute());
  });

  constructor() {
    reloadOn(
      (change) => this.#concerns(change),
      () => void this.reload(),
    );
    const systemAtWork = computed(() => this.view()?.waitingFor === 'SYSTEM');
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

  /** Shows another request. */
  async open(requestId: string): Promise<void> {
    this.#requestId = requestId;
    this.#hinted = 0;
    this.#request.set(undefined);
    this.#standing.set(undefined);
    this.#dispute.set(undefined);
    await this.reload();
  }

  /** Admins may read every request, but this page is its parties'; theirs is the page of its dispute. */
  #mustBeParty({ requesterId, providerId }: ServiceRequest): void {
    const memberId = this.#session.member()?.id;
    if (memberId !== requesterId && memberId !== providerId) throw new ApiError('NOT_FOUND');
  }

  async reload(repeats = 0): Promise<void> {
    const id = this.#requestId;
    if (id === undefined) return;
    clearTimeout(this.#again);
    try {
      const [request, standing] = await Promise.all([this.#client.get(id), this.#client.standing(id)]);
      this.#mustBeParty(request);
      const dispute = await this.#disputeOf(request);
      if (id !== this.#requestId) return;
      this.#take(request, standing);
      this.#dispute.set(dispute);
      this.#error.set(undefined);
      const newest = Math.max(this.#hinted, standing.revision);
      if (request.revision < newest && repeats < MOST_REPEATS) {
        this.#again = setTimeout(() => void this.reload(repeats + 1), BEHIND_MS * 2 ** repeats);
      }
    } catch (error) {
      if (id === this.#requestId) this.#error.set(error);
    }
  }

  /** Gives a command and shows at once what it answered. @throws ApiError */
  async act(command: (client: RequestClient) => Promise<Changed>): Promise<void> {
    this.#acting.set(true);
    try {
      const changed = await command(this.#client);
      this.#request.update((request) =>
        request && changed.revision >= request.revision ? { ...request, ...changed } : request,
      );
      void this.#balance.reload();
      void this.reload();
    } catch (error) {
      // Refused for what has happened meanwhile: show it.
      if (error instanceof ApiError && error.code !== 'OFFLINE') void this.reload();
      throw error;
    } finally {
      this.#acting.set(false);
    }
  }

  #concerns(change: Exclude<Change, { kind: 'ANYTHING' }>): boolean {
    if (change.requestId === undefined || change.requestId !== this.#requestId) return false;
    const shown = this.#request();
    // What the parties say in a dispute changes the dispute alone, and no revision of the request.
    if (shown?.status === 'DISPUTED' && change.kind === 'NOTIFICATION') return true;
    if (change.kind !== 'REQUEST') return false;
    this.#hinted = Math.max(this.#hinted, change.revision ?? 0);
    return change.revision === undefined || change.revision > (shown?.revision ?? 0);
  }

  /** A dispute that cannot be read leaves the request as it is: it has a page of its own. */
  async #disputeOf({ disputeId }: ServiceRequest): Promise<Dispute | undefined> {
    if (disputeId === undefined) return undefined;
    try {
      return await this.#disputes.get(disputeId);
    } catch {
      return this.#dispute();
    }
  }

  /** Older revisions than the one shown are ignored: answers may overtake each other. */
  #take(request: ServiceRequest, standing: Standing): void {
    const shown = this.#request();
    const isOlder =
      shown !== undefined &&
      (request.revision < shown.revision ||
        (request.revision === shown.revision && request.updatedAt < shown.updatedAt));
    if (!isOlder) this.#request.set(request);
    if (standing.revision >= (this.#standing()?.revision ?? 0)) this.#standing.set(standing);
  }
}
