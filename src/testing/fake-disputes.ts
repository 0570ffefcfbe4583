import { ApiError } from '../app/shared/api/api-error';
import type { Dispute, DisputeChanged, Evidence, FileAddress } from '../app/shared/api/dispute';
import type { Decided, DisputeClient, UploadPlace } from '../app/shared/api/dispute-client';
import type { FileTransfer } from '../app/shared/api/file-transfer';
import type { RequestLedger, RequestLedgerClient } from '../app/shared/api/request-ledger-client';
import type { Page } from '../app/shared/api/page';
import type { DisputeStatus } from '../../domain/dispute';
import type { Party, RequestEvent } from '../../domain/life-cycle';
import { ADA, BEN, evidenceFile, inHours, requestLedger, statement } from './samples';

/** A small picture that needs no server. */
export const PICTURE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"%3E%3C/svg%3E';

export class FakeDisputes implements Pick<DisputeClient, keyof DisputeClient> {
  disputes: Dispute[] = [];
  laid: Evidence[] = [];
  failure: ApiError | undefined;
  /** What the next command is refused with. */
  refusal: ApiError | undefined;
  address = PICTURE;
  /** Who adds statements and files. */
  author: Party = 'REQUESTER';
  readonly commands: unknown[][] = [];
  reads = 0;

  get(id: string): Promise<Dispute> {
    this.reads++;
    const found = this.disputes.find((dispute) => dispute.id === id);
    return found ? this.#answer(found) : Promise.reject(this.failure ?? new ApiError('NOT_FOUND'));
  }
  inStatus(status: DisputeStatus, order: 'OLDEST' | 'LATEST'): Promise<Page<Dispute>> {
    const turn = order === 'OLDEST' ? 1 : -1;
    const items = this.disputes
      .filter((dispute) => dispute.status === status)
      .sort((one, other) => turn * one.createdAt.localeCompare(other.createdAt));
    return this.#answer({ items, next: undefined });
  }
  evidence(): Promise<readonly Evidence[]> {
    return this.#answer(this.laid);
  }
  open(requestId: string, reason: string, statement: string): Promise<DisputeChanged> {
    return this.#command(['open', requestId, reason, statement], `dispute-${requestId}-requester`, {
      pendingEvent: 'OPEN_DISPUTE',
    });
  }
  async propose(id: string, refundHours: number): Promise<DisputeChanged> {
    const proposed = { refundHours, by: this.author === 'REQUESTER' ? ADA : BEN };
    const changed = await this.#command(['propose', id, refundHours], id, { proposed });
    this.move(id, { proposal: { refundHours, by: this.author } });
    return changed;
  }
  async answer(id: string, accept: boolean, refundHours: number): Promise<DisputeChanged> {
    const pendingEvent = accept ? 'SETTLE_PARTIAL' : undefined;
    const changed = await this.#command(['answer', id, accept, refundHours], id, { pendingEvent });
    this.move(id, { proposal: undefined });
    return changed;
  }
  resolve(id: string, decided: Decided): Promise<DisputeChanged> {
    return this.#command(['resolve', id, decided], id, { pendingEvent: decided.decision });
  }
  async addStatement(id: string, text: string): Promise<string> {
    await this.#command(['addStatement', id, text], id);
    const added = statement({ id: `statement-${this.commands.length}`, authorRole: this.author, text });
    this.laid = [...this.laid, added];
    return added.id;
  }
  async uploadPlace(id: string, file: File, fileName: string): Promise<UploadPlace> {
    await this.#command(['uploadPlace', id, fileName, file.type, file.size], id);
    return {
      uploadId: `upload-${this.commands.length}`,
      url: 'https://files.test/put',
      contentType: file.type,
    };
  }
  async addFile(id: string, uploadId: string, fileName: string): Promise<string> {
    await this.#command(['addFile', id, uploadId, fileName], id);
    const added = evidenceFile({ id: uploadId, authorRole: this.author, fileName });
    this.laid = [...this.laid, added];
    return added.id;
  }
  fileAddress(): Promise<FileAddress> {
    return this.#answer({ url: this.address, expiresAt: inHours(1) });
  }

  /** A dispute moves on: what its workflow or the other party does. */
  move(id: string, change: Partial<Dispute>): void {
    this.disputes = this.disputes.map((dispute) => (dispute.id === id ? { ...dispute, ...change } : dispute));
  }

  #command(
    call: unknown[],
    id: string,
    change: Partial<Pick<DisputeChanged, 'proposed'>> & {
      readonly pendingEvent?: RequestEvent | undefined;
    } = {},
  ): Promise<DisputeChanged> {
    this.commands.push(call);
    if (this.refusal) return Promise.reject(this.refusal);
    const now = this.disputes.find((dispute) => dispute.id === id);
    return Promise.resolve({
      id,
      requestId: now?.requestId ?? 'request-1',
      status: now?.status ?? 'OPEN',
      expiresAt: now?.expiresAt,
      proposed: change.proposed,
      decision: undefined,
      refundHours: undefined,
      pendingEvent: change.pendingEvent,
      updatedAt: now?.updatedAt ?? '',
    });
  }

  #answer<T>(value: T): Promise<T> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(value);
  }
}

/** A line for files that is in the test's hands. */
export class FakeTransfer implements Pick<FileTransfer, keyof FileTransfer> {
  readonly sent: string[] = [];
  failure: ApiError | undefined;
  /** Set to keep a file on its way until the test lets it arrive. */
  held: Promise<void> | undefined;
  told: ((part: number) => void) | undefined;

  async put(_url: string, _contentType: string, file: File, told: (part: number) => void): Promise<void> {
    this.told = told;
    await this.held;
    if (this.failure) throw this.failure;
    this.sent.push(file.name);
  }
}

/** The ledger of one request. */
export class FakeRequestLedger implements Pick<RequestLedgerClient, keyof RequestLedgerClient> {
  ledger: RequestLedger = requestLedger();

  ofEscrow(): Promise<RequestLedger> {
    return Promise.resolve(this.ledger);
  }
}
