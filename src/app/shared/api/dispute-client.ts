import { Service, inject } from '@angular/core';
import type { DisputeDecision, DisputeStatus } from '../../../../domain/dispute';
import { ServerClock } from '../time/server-clock';
import { ApiError } from './api-error';
import type { Dispute, DisputeChanged, Evidence, FileAddress } from './dispute';
import { DISPUTE_FIELDS, EVIDENCE_FIELDS, toDispute, toDisputeChanged, toEvidence } from './dispute-row';
import type { DisputeCommandRow, DisputeRow, EvidenceRow } from './dispute-row';
import { GraphClient } from './graph-client';
import type { HourBankGraph } from './graph-client';
import { MemberNames } from './member-names';
import { everyPage } from './page';
import type { Page } from './page';

const PAGE_SIZE = 20;

/** What an admin decides. */
export interface Decided {
  readonly decision: DisputeDecision;
  /** Of a partial refund. */
  readonly refundHours: number | undefined;
  readonly note: string;
}

/** Where a file may be put, once it was asked for. */
export interface UploadPlace {
  readonly uploadId: string;
  readonly url: string;
  readonly contentType: string;
}

/** Reads disputes and what was laid before the admins, and gives the commands that move them. */
@Service()
export class DisputeClient {
  readonly #graph = inject(GraphClient);
  readonly #names = inject(MemberNames);
  readonly #clock = inject(ServerClock);

  /** @throws ApiError NOT_FOUND for what is not there or not the caller's */
  async get(id: string): Promise<Dispute> {
    return await this.#named(
      await this.#graph.runFor<DisputeRow | null>((client) =>
        client.models.Dispute.get({ id }, { selectionSet: DISPUTE_FIELDS }),
      ),
    );
  }

  /** Disputes in a status, for admins; the oldest first, or the latest. @throws ApiError */
  async inStatus(status: DisputeStatus, order: 'OLDEST' | 'LATEST', next?: string): Promise<Page<Dispute>> {
    const page = await this.#graph.page<DisputeRow>((client) =>
      client.models.Dispute.disputesByStatus(
        { status },
        {
          limit: PAGE_SIZE,
          nextToken: next ?? null,
          selectionSet: DISPUTE_FIELDS,
          sortDirection: order === 'OLDEST' ? 'ASC' : 'DESC',
        },
      ),
    );
    return { ...page, items: await Promise.all(page.items.map((row) => this.#named(row))) };
  }

  /** Everything both parties laid before the admins since it was opened, in order of time. @throws ApiError */
  async evidence(disputeId: string): Promise<readonly Evidence[]> {
    const rows = await everyPage((next) =>
      this.#graph.page<EvidenceRow>((client) =>
        client.models.Evidence.evidenceByDispute(
          { disputeId },
          { nextToken: next ?? null, selectionSet: EVIDENCE_FIELDS, sortDirection: 'ASC' },
        ),
      ),
    );
    return rows.map(toEvidence);
  }

  /** @throws ApiError with the refusal's code */
  async open(requestId: string, reason: string, statement: string): Promise<DisputeChanged> {
    return await this.#command((client) => client.mutations.openDispute({ requestId, reason, statement }));
  }

  /** Proposes that so many hours go back to the requester. @throws ApiError */
  async propose(disputeId: string, refundHours: number): Promise<DisputeChanged> {
    return await this.#command((client) => client.mutations.proposeSettlement({ disputeId, refundHours }));
  }

  /** Answers the settlement as shown. @throws ApiError */
  async answer(disputeId: string, accept: boolean, refundHours: number): Promise<DisputeChanged> {
    return await this.#command((client) =>
      client.mutations.answerSettlement({ disputeId, accept, refundHours }),
    );
  }

  /** Decides as an admin. @throws ApiError */
  async resolve(disputeId: string, { decision, refundHours, note }: Decided): Promise<DisputeChanged> {
    return await this.#command((client) =>
      client.mutations.resolveDispute({ disputeId, decision, refundHours: refundHours ?? null, note }),
    );
  }

  /** @returns the id of the statement. @throws ApiError TOO_MUCH_EVIDENCE, ... */
  async addStatement(disputeId: string, statement: string): Promise<string> {
    const row = await this.#graph.runFor((client) => client.mutations.addStatement({ disputeId, statement }));
    this.#clock.learn(row.now);
    return row.id;
  }

  /** Asks where a file may be put. @throws ApiError INVALID_FILE, TOO_MUCH_EVIDENCE, ... */
  async uploadPlace(disputeId: string, file: File, fileName: string): Promise<UploadPlace> {
    const place = await this.#graph.runFor((client) =>
      client.mutations.requestEvidenceUpload({
        disputeId,
        fileName,
        fileType: file.type,
        fileSize: file.size,
      }),
    );
    this.#clock.learn(place.now);
    return { uploadId: place.uploadId, url: place.url, contentType: place.contentType };
  }

  /** Has a file that was put there taken on record. @returns its id. @throws ApiError INVALID_FILE, ... */
  async addFile(disputeId: string, uploadId: string, fileName: string): Promise<string> {
    const row = await this.#graph.runFor((client) =>
      client.mutations.addEvidence({ disputeId, uploadId, fileName }),
    );
    this.#clock.learn(row.now);
    return row.id;
  }

  /** @throws ApiError */
  async fileAddress(evidenceId: string): Promise<FileAddress> {
    const address = await this.#graph.runFor((client) => client.queries.getEvidenceUrl({ evidenceId }));
    this.#clock.learn(address.now);
    return { url: address.url, expiresAt: address.expiresAt };
  }

  async #command(operation: (client: HourBankGraph) => Promise<CommandAnswer>): Promise<DisputeChanged> {
    const row = await this.#graph.run(operation);
    if (!row) throw new ApiError('UNEXPECTED', 'The command had no answer');
    this.#clock.learn(row.now);
    return toDisputeChanged(row);
  }

  async #named(row: DisputeRow): Promise<Dispute> {
    const [requesterName, providerName] = await Promise.all([
      this.#names.of(row.requesterId),
      this.#names.of(row.providerId),
    ]);
    return toDispute(row, { requesterName, providerName });
  }
}

interface CommandAnswer {
  readonly data: DisputeCommandRow | null | undefined;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}
