import { Service, computed, effect, inject, signal } from '@angular/core';
import { isOver } from '../../../domain/dispute';
import { ApiError } from '../shared/api/api-error';
import type { Dispute, Evidence } from '../shared/api/dispute';
import { DisputeClient } from '../shared/api/dispute-client';
import type { Decided } from '../shared/api/dispute-client';
import { reloadOn } from '../shared/api/reload-on';
import { RequestClient } from '../shared/api/request-client';
import { RequestLedgerClient } from '../shared/api/request-ledger-client';
import type { RequestLedger } from '../shared/api/request-ledger-client';
import type { ServiceRequest, Step } from '../shared/api/service-request';

/** A request's own hints go to its parties only, so an admin looks for the end of a decision as well. */
const WATCH_MS = 2_000;

/** Everything that an admin decides by. */
export interface DisputeCase {
  readonly dispute: Dispute;
  readonly request: ServiceRequest;
  readonly evidence: readonly Evidence[];
  readonly steps: readonly Step[];
  readonly ledger: RequestLedger;
}

/** One dispute as an admin sees it, kept up to date while its page is open. */
@Service({ autoProvided: false })
export class DisputeCaseStore {
  readonly #disputes = inject(DisputeClient);
  readonly #requests = inject(RequestClient);
  readonly #ledgers = inject(RequestLedgerClient);
  readonly #case = signal<DisputeCase | undefined>(undefined);
  readonly #error = signal<unknown>(undefined);
  #disputeId: string | undefined;

  readonly case = this.#case.asReadonly();
  readonly error = this.#error.asReadonly();
  /** Neither over nor waiting: something is being carried out. */
  readonly atWork = computed(() => {
    const shown = this.#case();
    if (!shown || isOver(shown.dispute)) return false;
    return shown.dispute.status === 'OPEN' || shown.request.pendingEvent !== undefined;
  });

  constructor() {
    reloadOn(
      ({ kind, requestId }) => kind === 'NOTIFICATION' || (kind === 'REQUEST' && this.#mayConcern(requestId)),
      () => void this.reload(),
    );
    effect((onCleanup) => {
      if (!this.atWork()) return;
      const watch = setInterval(() => void this.reload(), WATCH_MS);
      onCleanup(() => {
        clearInterval(watch);
      });
    });
  }

  /** Until the dispute is here nobody knows which request is its: what is being read may be old already. */
  #mayConcern(requestId: string | undefined): boolean {
    const shown = this.#case();
    return shown === undefined || shown.dispute.requestId === requestId;
  }

  /** Shows another dispute. */
  async open(disputeId: string): Promise<void> {
    this.#disputeId = disputeId;
    this.#case.set(undefined);
    await this.reload();
  }

  async reload(): Promise<void> {
    const id = this.#disputeId;
    if (id === undefined) return;
    try {
      const [dispute, evidence] = await Promise.all([this.#disputes.get(id), this.#disputes.evidence(id)]);
      const [request, { steps }, ledger] = await Promise.all([
        this.#requests.get(dispute.requestId),
        this.#requests.standing(dispute.requestId),
        this.#ledgers.ofEscrow(dispute.escrowId),
      ]);
      if (id !== this.#disputeId) return;
      if (!this.#isOlder(dispute, request)) this.#case.set({ dispute, request, evidence, steps, ledger });
      this.#error.set(undefined);
    } catch (error) {
      if (id === this.#disputeId) this.#error.set(error);
    }
  }

  /** Decides, and shows at once that it is being carried out. @throws ApiError */
  async decide(decided: Decided): Promise<void> {
    const id = this.#disputeId;
    if (id === undefined) throw new Error('No dispute is shown');
    try {
      const { pendingEvent } = await this.#disputes.resolve(id, decided);
      this.#case.update((shown) => shown && { ...shown, request: { ...shown.request, pendingEvent } });
      void this.reload();
    } catch (error) {
      // Refused for what has happened meanwhile: show it.
      if (error instanceof ApiError && error.code !== 'OFFLINE') void this.reload();
      throw error;
    }
  }

  /** Rows older than what is shown; what is pending is carried out with the next revision. */
  #isOlder(dispute: Dispute, request: ServiceRequest): boolean {
    const shown = this.#case();
    if (!shown) return false;
    if (dispute.updatedAt < shown.dispute.updatedAt || request.revision < shown.request.revision) return true;
    return (
      request.revision === shown.request.revision &&
      shown.request.pendingEvent !== undefined &&
      request.pendingEvent === undefined
    );
  }
}
