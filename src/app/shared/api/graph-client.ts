import { Service, inject } from '@angular/core';
import type { V6Client } from '@aws-amplify/api-graphql';
import type { Schema } from '../../../../amplify/data/resource';
import { SessionStore } from '../session/session-store';
import { ApiError, toApiError } from './api-error';
import type { GraphQlFault } from './api-error';
import type { Page } from './page';

export type HourBankGraph = V6Client<Schema>;

interface Answer<T> {
  readonly data: T;
  readonly errors?: readonly GraphQlFault[] | undefined;
}

/** The one GraphQL client. Its code (and graphql's parser) loads at the first call, not with the first page. */
@Service()
export class GraphClient {
  readonly #session = inject(SessionStore);
  #client: Promise<HourBankGraph> | undefined;

  /**
   * Runs one operation.
   * @throws ApiError for every error: thrown by Amplify or told in the answer
   */
  async run<T>(operation: (client: HourBankGraph) => Promise<Answer<T>>): Promise<T> {
    try {
      const { data, errors } = await operation(await this.client());
      if (errors && errors.length > 0) throw toApiError({ errors });
      return data;
    } catch (cause) {
      const error = toApiError(cause);
      if (error.code === 'SIGNED_OUT') this.#session.expire();
      throw error;
    }
  }

  /** As `run`, for what must be there. @throws ApiError NOT_FOUND if there is nothing */
  async runFor<T>(operation: (client: HourBankGraph) => Promise<Answer<T>>): Promise<NonNullable<T>> {
    const data = await this.run(operation);
    if (data === null || data === undefined) throw new ApiError('NOT_FOUND');
    return data;
  }

  /** As `run`, for a page of rows. */
  async page<Row>(
    operation: (client: HourBankGraph) => Promise<Answer<readonly Row[]> & { nextToken?: string | null }>,
  ): Promise<Page<Row>> {
    let next: string | undefined;
    const items = await this.run(async (client) => {
      const answer = await operation(client);
      next = answer.nextToken ?? undefined;
      return answer;
    });
    return { items, next };
  }

  /** @throws ApiError OFFLINE if the code cannot be loaded; the next call tries again */
  async client(): Promise<HourBankGraph> {
    this.#client ??= import('aws-amplify/data').then(({ generateClient }) =>
      generateClient<Schema>({ authMode: 'userPool' }),
    );
    try {
      return await this.#client;
    } catch (cause) {
      this.#client = undefined;
      throw new ApiError('OFFLINE', 'The GraphQL client could not be loaded', { cause });
    }
  }
}
