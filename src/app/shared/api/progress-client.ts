import { Service, inject } from '@angular/core';
import { Hub } from 'aws-amplify/utils';
import type { Schema } from '../../../../amplify/data/resource';
import { GraphClient } from './graph-client';

export type ProgressKind = Schema['ProgressKind']['type'];

/** Something may have changed. What it is now is in the rows. */
export interface Hint {
  readonly kind: ProgressKind;
  readonly requestId: string | undefined;
  readonly revision: number | undefined;
}

/** What becomes of an open feed. */
export interface FeedListener {
  hint(hint: Hint): void;
  /** The server listens for us: from now on nothing is missed. */
  live(): void;
  /** The line is down; Amplify tries again by itself. */
  lost(): void;
  /** The feed is over and must be opened again. */
  ended(): void;
}

interface HubMessage {
  readonly event: string;
  readonly data?: unknown;
}

/** The one subscription of the app, `onRequestProgress`, and what Amplify tells of its connection. */
@Service()
export class ProgressClient {
  readonly #graph = inject(GraphClient);

  /** Opens the feed. @returns how to close it */
  open(listener: FeedListener): () => void {
    let closed = false;
    const closers: (() => void)[] = [];
    this.#subscribe(listener)
      .then((close) => {
        if (closed) close();
        else closers.push(close);
      })
      .catch(() => {
        if (!closed) listener.ended();
      });
    return () => {
      closed = true;
      for (const close of closers) close();
    };
  }

  async #subscribe(listener: FeedListener): Promise<() => void> {
    const client = await this.#graph.client();
    const { CONNECTION_STATE_CHANGE, ConnectionState } = await import('aws-amplify/data');
    const forgetHub = Hub.listen('api', ({ payload }: { payload: HubMessage }) => {
      // Amplify's own name for "start_ack came"; it exports no constant for it.
      if (payload.event === 'Subscription ack') listener.live();
      if (payload.event !== CONNECTION_STATE_CHANGE) return;
      const state = (payload.data as { readonly connectionState?: string } | undefined)?.connectionState;
      if (
        state === ConnectionState.ConnectionDisrupted ||
        state === ConnectionState.ConnectionDisruptedPendingNetwork ||
        state === ConnectionState.ConnectedPendingNetwork
      )
        listener.lost();
    });
    const subscription = client.subscriptions.onRequestProgress().subscribe({
      next: (progress) => {
        listener.hint({
          kind: progress.kind,
          requestId: progress.requestId ?? undefined,
          revision: progress.revision ?? undefined,
        });
      },
      error: () => {
        listener.ended();
      },
    });
    return () => {
      forgetHub();
      subscription.unsubscribe();
    };
  }
}
