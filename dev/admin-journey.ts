import { deepStrictEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { adjustBalance } from '../amplify/functions/admin-commands/adjust-balance.ts';
import { setAccountLock } from '../amplify/functions/admin-commands/set-account-lock.ts';
import {
  processDirectTransfer,
  transferStepSchema,
} from '../amplify/functions/process-direct-transfer/process-direct-transfer.ts';
import { nameMember } from '../amplify/functions/process-direct-transfer/name-member.ts';
import { accountLock } from '../amplify/functions/shared/account-lock.ts';
import { createAdminActions } from '../amplify/functions/shared/admin-actions.ts';
import { readRow } from '../amplify/functions/shared/dynamo.ts';
import type { LedgerWriter } from '../amplify/functions/shared/ledger-writer.ts';
import { adjustmentStart, type TransactionStart } from '../amplify/functions/shared/transaction-start.ts';
import type { AdminActionRecord } from '../domain/admin-action.ts';
import type { Account } from '../domain/ledger.ts';
import type { RequestJourney } from './request-journey.ts';

/** What an admin does to accounts, through the real commands and workers on a scratch database. */
export class AdminJourney {
  /** What was handed to Step Functions. */
  readonly started: TransactionStart[] = [];
  readonly adminId = randomUUID();
  /** What Step Functions answers to a start. */
  startable = true;
  private readonly journey: RequestJourney;

  constructor(journey: RequestJourney) {
    this.journey = journey;
  }

  get actions() {
    return createAdminActions(this.journey.database);
  }

  get commands() {
    const { database, emit } = this.journey;
    return {
      adjustBalance: adjustBalance({
        accountOf: (userId) => this.account(userId),
        actions: this.actions,
        start: (adjustment) => {
          if (this.startable) this.started.push(adjustmentStart(adjustment));
          return Promise.resolve(this.startable);
        },
      }),
      setAccountLock: setAccountLock({ setLock: accountLock(database), tell: emit, newId: randomUUID }),
    };
  }

  /** Gives a command as the admin; answers what the API would. */
  command(name: keyof AdminJourney['commands'], args: object, caller: object = {}): Promise<unknown> {
    const admin = { userId: this.adminId, groups: ['admin'], ...caller };
    return this.commands[name](args, admin, this.journey.now);
  }

  async account(userId: string): Promise<Account | undefined> {
    const { dynamo, tables } = this.journey.database;
    return (await readRow(dynamo, tables.userBalance, { userId })) as Account | undefined; // written by the ledger
  }

  /** One step of TransactionProcessingWorkflow, once. */
  step(
    start: TransactionStart,
    step: 'VALIDATE' | 'POST' | 'TELL',
    { ledger }: { readonly ledger: LedgerWriter } = this.journey,
  ) {
    const { database, emit } = this.journey;
    const run = processDirectTransfer({
      ledger,
      nameMember: nameMember(database.dynamo, database.tables),
      actions: this.actions,
      emit,
    });
    const input = transferStepSchema.parse({
      transaction: start.input,
      executionArn: `arn:${start.name}`,
      step,
    });
    return run(input, this.journey.now);
  }

  /** TransactionProcessingWorkflow; every step runs twice, and must answer the same twice. */
  async run(start: TransactionStart): Promise<void> {
    for (const step of ['VALIDATE', 'POST', 'TELL'] as const) {
      const first = await this.step(start, step);
      deepStrictEqual(await this.step(start, step), first);
    }
  }

  /** Adjusts an account from the command to the end of its workflow; the action as it then stands. */
  async adjust(userId: string, hours: number, rest: object = {}): Promise<AdminActionRecord | undefined> {
    const adjustmentId = randomUUID();
    await this.command('adjustBalance', { adjustmentId, userId, hours, reason: 'A correction', ...rest });
    const start = this.started.at(-1);
    if (!start) throw new Error('Nothing was started');
    await this.run(start);
    return this.actions.action(adjustmentId);
  }
}
