import type { AccountClient, AdminAction, Adjustment, LockChange } from '../app/shared/api/account-client';
import type { ApiError } from '../app/shared/api/api-error';
import type { BooksCheck, BooksClient, BooksReport } from '../app/shared/api/books-client';
import type { Page } from '../app/shared/api/page';
import { onePage } from './face';
import type { Face } from './face';
import { NOW, adminAction, report } from './samples';

/** What admins do to one account. An adjustment stays on its way until the test ends it. */
export class FakeAccounts implements Face<AccountClient> {
  done: AdminAction[] = [];
  failure: ApiError | undefined;
  /** What the next commands are refused with. */
  refusal: ApiError | undefined;
  readonly commands: (Adjustment | LockChange)[] = [];

  actions(): Promise<Page<AdminAction>> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(onePage(this.done));
  }
  adjust(adjustment: Adjustment): Promise<void> {
    const { adjustmentId: id, hours, reason, allowBelowZero } = adjustment;
    return this.#command(
      adjustment,
      adminAction({ id, hours, reason, allowBelowZero, status: 'REQUESTED', kind: 'ADJUSTMENT' }),
    );
  }
  setLock(change: LockChange): Promise<void> {
    const { locked, reason } = change;
    const kind = locked ? 'LOCK' : 'UNLOCK';
    return this.#command(change, adminAction({ id: `${kind}-1`, kind, hours: undefined, reason }));
  }

  /** The workflow of the last adjustment comes to its end. */
  end(change: Pick<AdminAction, 'status'> & Partial<AdminAction>): void {
    this.done = this.done.map((action, index) => (index === 0 ? { ...action, ...change } : action));
  }

  #command(command: Adjustment | LockChange, action: AdminAction): Promise<void> {
    this.commands.push(command);
    if (this.refusal) return Promise.reject(this.refusal);
    this.done = [action, ...this.done];
    return Promise.resolve();
  }
}

/** The checks of the books, newest first. */
export class FakeBooks implements Face<BooksClient> {
  checks: BooksReport[] = [];
  failure: ApiError | undefined;
  refusal: ApiError | undefined;
  asked = 0;
  /** When a check begins. */
  now = NOW;

  lastCheck(): Promise<BooksCheck | undefined> {
    return this.failure
      ? Promise.reject(this.failure)
      : Promise.resolve(this.checks.find(({ finishedAt }) => finishedAt !== undefined));
  }
  reports(): Promise<Page<BooksReport>> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(onePage(this.checks));
  }
  check(): Promise<string> {
    this.asked++;
    if (this.refusal) return Promise.reject(this.refusal);
    const begun = { startedAt: this.now, finishedAt: undefined, accountsChecked: 0 };
    const running = report({ id: 'running', status: 'RUNNING', ...begun });
    this.checks = [running, ...this.checks];
    return Promise.resolve(running.id);
  }

  /** The check that is under way goes on. */
  move(change: Partial<BooksReport>): void {
    this.checks = this.checks.map((check, index) => (index === 0 ? { ...check, ...change } : check));
  }
}
