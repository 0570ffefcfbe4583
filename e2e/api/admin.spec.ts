import { randomUUID } from 'node:crypto';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Member, Progress } from '../../dev/member.ts';
import { tamper } from '../../dev/tamper.ts';
import { Neighbourhood, refusal } from './neighbourhood.ts';
import {
  ADJUST,
  CHECK_BOOKS,
  CONFIRM,
  GET_ACTION,
  GET_CHECK,
  GET_REQUEST,
  NOTIFICATIONS,
  REPORTS,
  SET_LOCK,
  SUBMIT,
} from './operations.ts';
import type { AdminState, Report } from './operations.ts';

let neighbourhood: Neighbourhood;
let admin: Member;
let member: Member;
let neighbour: Member;
let states: SFNClient;
/** The function that fails for good, as a bug of ours would make it. */
let broken: string | undefined;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open({
    lambda: {
      onInvoke: ({ title }, run) =>
        title === broken
          ? Promise.resolve({
              kind: 'error',
              error: { errorType: 'TypeError', errorMessage: 'a bug', trace: [] },
            })
          : run(),
    },
  });
  admin = await neighbourhood.joinAsAdmin('Amira');
  neighbour = await neighbourhood.join('Nils');
  states = new SFNClient({
    endpoint: neighbourhood.gatewayUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'developer', secretAccessKey: 'developer' },
  });
});
beforeEach(async () => {
  member = await neighbourhood.join('Mina');
});
afterEach(async () => {
  broken = undefined;
  await neighbourhood.expectBooksToBalance();
});
afterAll(() => neighbourhood.close());

const adjustment = (overrides: Record<string, unknown> = {}) => ({
  adjustmentId: randomUUID(),
  userId: member.id,
  hours: 2.5,
  reason: 'Hours lost in the old system',
  ...overrides,
});

async function adjust(args: ReturnType<typeof adjustment>): Promise<AdminState> {
  const { adjustBalance } = await admin.run<{ adjustBalance: AdminState }>(ADJUST, args);
  return adjustBalance;
}

/** Waits until an adjustment has come to its end. */
const ended = (id: string) =>
  vi.waitFor(
    async () => {
      const { getAdminAction } = await admin.run<{ getAdminAction: AdminState | null }>(GET_ACTION, { id });
      expect(getAdminAction?.status).toMatch(/DONE|REFUSED/);
      return getAdminAction;
    },
    { timeout: 20_000, interval: 50 },
  );

const lock = (locked: boolean, userId = member.id) =>
  admin.run<{ setAccountLock: AdminState }>(SET_LOCK, { userId, locked, reason: 'A look at the books' });

async function toldTo(somebody: Member) {
  const { notificationsByUser } = await somebody.run<{
    notificationsByUser: { items: { kind: string; parameters: string }[] };
  }>(NOTIFICATIONS, { userId: somebody.id });
  return notificationsByUser.items.map(({ kind, parameters }) => ({
    kind,
    ...(JSON.parse(parameters) as { hours: number; reason?: string }),
  }));
}

describe('an adjustment', () => {
  it('gives hours, tells the member why, and every admin that something has changed', async () => {
    const heard: Record<'admin' | 'member' | 'neighbour', Progress[]> = {
      admin: [],
      member: [],
      neighbour: [],
    };
    const stop = [
      admin.onProgress((hint) => heard.admin.push(hint)),
      member.onProgress((hint) => heard.member.push(hint)),
      neighbour.onProgress((hint) => heard.neighbour.push(hint)),
    ];
    const args = adjustment();

    expect(await adjust(args)).toMatchObject({ id: args.adjustmentId, status: 'REQUESTED', hours: 2.5 });

    expect(await ended(args.adjustmentId)).toMatchObject({ status: 'DONE', adminId: admin.id });
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 12.5, version: 2 });
    expect(await toldTo(member)).toContainEqual(
      expect.objectContaining({ kind: 'HOURS_ADJUSTED', hours: 2.5, reason: args.reason }),
    );
    await vi.waitFor(() => {
      expect(heard.admin).toContainEqual(expect.objectContaining({ userId: 'ADMINS', kind: 'NOTIFICATION' }));
      for (const kind of ['BALANCE', 'NOTIFICATION'])
        expect(heard.member).toContainEqual(expect.objectContaining({ userId: member.id, kind }));
    });
    expect(heard.member.every(({ userId }) => userId === member.id)).toBe(true);
    expect(heard.neighbour).toEqual([]);
    for (const unsubscribe of stop) unsubscribe();
  });

  it('asked for twice is one, and its id is good for no other', async () => {
    const args = adjustment({ hours: -4 });
    await Promise.all([adjust(args), adjust(args)]);
    await ended(args.adjustmentId);

    expect(await adjust(args)).toMatchObject({ status: 'DONE', hours: -4 });
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 6, version: 2 });
    expect(await refusal(admin, ADJUST, { ...args, hours: -5 })).toBe('DUPLICATE_REQUEST');
  });

  it('takes a member below zero only where the admin says so', async () => {
    const refused = adjustment({ hours: -10.25, allowBelowZero: false });
    expect(await refusal(admin, ADJUST, refused)).toBe('INSUFFICIENT_HOURS');

    const args = adjustment({ hours: -10.25, allowBelowZero: true });
    await adjust(args);
    expect(await ended(args.adjustmentId)).toMatchObject({ status: 'DONE' });
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: -0.25 });
  });

  it.each<readonly [string, Record<string, unknown>, string]>([
    ['a tenth of an hour', { hours: 0.1 }, 'INVALID_HOURS'],
    ['no reason', { reason: ' ' }, 'INVALID_INPUT'],
    ['nobody', { userId: randomUUID() }, 'NOT_FOUND'],
    ['the treasury', { userId: 'treasury-3' }, 'NOT_FOUND'],
  ])('is refused for %s', async (_what, overrides, code) => {
    expect(await refusal(admin, ADJUST, adjustment(overrides))).toBe(code);
  });

  it('of their own account is refused to an admin', async () => {
    expect(await refusal(admin, ADJUST, adjustment({ userId: admin.id }))).toBe('CONFLICT_OF_INTEREST');
    const own = { userId: admin.id, locked: true, reason: 'Me' };
    expect(await refusal(admin, SET_LOCK, own)).toBe('CONFLICT_OF_INTEREST');
  });
});

describe('a member who is no admin', () => {
  it.each([
    ['adjusts', () => refusal(neighbour, ADJUST, adjustment())],
    ['locks', () => refusal(neighbour, SET_LOCK, { userId: member.id, locked: true, reason: 'Envy' })],
    ['checks the books', () => refusal(neighbour, CHECK_BOOKS, {})],
  ])('%s nothing', async (_what, attempt) => {
    expect(await attempt()).toBe('Unauthorized');
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 10, version: 1 });
  });
});

describe('a lock', () => {
  it('stops what takes hours, and not what was promised before; opened, all goes on', async () => {
    const offer = await neighbourhood.offer(neighbour);
    const requestId = await neighbourhood.atWork(member, neighbour);

    expect(await lock(true)).toMatchObject({ setAccountLock: { kind: 'LOCK', status: 'DONE' } });

    const submit = () => refusal(member, SUBMIT, neighbourhood.submission(offer));
    expect(await submit()).toBe('ACCOUNT_LOCKED');
    expect(await refusal(admin, ADJUST, adjustment())).toBe('ACCOUNT_LOCKED');
    expect(await refusal(admin, SET_LOCK, { userId: member.id, locked: true, reason: 'Again' })).toBe(
      'ALREADY_ANSWERED',
    );
    await neighbourhood.deliver(neighbour, requestId);
    await neighbourhood.confirm(member, requestId);
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 8, escrowedBalance: 0 });

    await lock(false);
    expect(await submit()).toBeUndefined();
    expect((await toldTo(member)).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ACCOUNT_LOCKED', 'ACCOUNT_UNLOCKED']),
    );
  });
});

describe('a transaction by hand', () => {
  /** TransactionProcessingWorkflow, as an operator starts it. */
  async function run(input: Record<string, unknown>) {
    const { getServiceRequest } = await member.run<{
      getServiceRequest: { stepFunctionExecutionArn: string };
    }>(GET_REQUEST, { id: input['requestId'] ?? '' });
    return start(getServiceRequest.stepFunctionExecutionArn, input);
  }

  async function start(siblingArn: string, input: Record<string, unknown>) {
    const stateMachineArn = siblingArn
      .replace(':execution:', ':stateMachine:')
      .replace(/service-request:.*$/, 'transaction-processing');
    const { executionArn } = await states.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    return vi.waitFor(
      async () => {
        const { status, error } = await states.send(new DescribeExecutionCommand({ executionArn }));
        expect(status).not.toBe('RUNNING');
        return { status, error };
      },
      { timeout: 20_000, interval: 50 },
    );
  }

  /** A confirmed request whose payment failed for good. */
  async function parked(): Promise<string> {
    const requestId = await neighbourhood.atWork(member, neighbour);
    await neighbourhood.deliver(neighbour, requestId);
    broken = 'process-escrow-release';
    await member.run(CONFIRM, { requestId });
    await vi.waitFor(
      async () => {
        expect((await neighbourhood.status(member, requestId)).executionStatus).toBe('FAILED');
      },
      { timeout: 20_000, interval: 100 },
    );
    broken = undefined;
    return requestId;
  }

  it('pays what is decided to be paid, and refunds none of it', async () => {
    const requestId = await parked();

    expect(await run({ transactionType: 'REFUND', requestId })).toMatchObject({
      status: 'FAILED',
      error: 'BrokenRule',
    });
    expect(await run({ transactionType: 'PAYMENT', requestId })).toMatchObject({ status: 'SUCCEEDED' });

    await neighbourhood.until(member, requestId, 'PAID');
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 8, escrowedBalance: 0 });
    expect(await run({ transactionType: 'PAYMENT', requestId })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 8, version: 3 });
  });

  it('is not needed once a request can be redriven no more: the sweeper pays it', async () => {
    const requestId = await parked();
    await neighbourhood.advance('P15D');
    await neighbourhood.until(member, requestId, 'PAID');
  });

  it('refunds what nobody decided to pay, and pays none of it', async () => {
    const requestId = await neighbourhood.atWork(member, neighbour);

    expect(await run({ transactionType: 'PAYMENT', requestId })).toMatchObject({ error: 'BrokenRule' });
    expect(await run({ transactionType: 'REFUND', requestId })).toMatchObject({ status: 'SUCCEEDED' });

    await neighbourhood.until(member, requestId, 'CANCELLED');
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 10, escrowedBalance: 0 });
  });

  it('of a type that there is not fails, and says so', async () => {
    const requestId = await neighbourhood.submit(member, await neighbourhood.offer(neighbour));
    expect(await run({ transactionType: 'GIFT', requestId })).toEqual({
      status: 'FAILED',
      error: 'UnknownTransaction',
    });
  });
});

describe('a check of the books', () => {
  async function check(): Promise<Report> {
    const { startReconciliation } = await admin.run<{ startReconciliation: { reportId: string } }>(
      CHECK_BOOKS,
    );
    const { reportId } = startReconciliation;
    return vi.waitFor(
      async () => {
        const report = (await reports()).find(({ id }) => id === reportId);
        expect(report?.status).toMatch(/BALANCED|MISMATCHED/);
        return report ?? expect.fail('there is no report');
      },
      { timeout: 60_000, interval: 200 },
    );
  }

  async function reports(): Promise<readonly Report[]> {
    const { reconciliationReportsByKind } = await admin.run<{
      reconciliationReportsByKind: { items: Report[] };
    }>(REPORTS);
    return reconciliationReportsByKind.items;
  }

  const findingsOf = (report: Report) =>
    JSON.parse(report.findings) as { accountId: string; words: string[]; locked: boolean }[];

  it('says that they balance, to admins and to members', async () => {
    const report = await check();

    expect(report).toMatchObject({ status: 'BALANCED', mismatches: 0, requestedBy: admin.id });
    expect(report.accountsChecked).toBeGreaterThan(3);
    expect(findingsOf(report)).toEqual([]);
    const seen = await neighbour.run<{ getReconciliationReport: object }>(GET_CHECK, { id: report.id });
    expect(seen.getReconciliationReport).toMatchObject({
      status: 'BALANCED',
      finishedAt: expect.any(String) as string,
    });
  });

  it('finds a row that was changed behind the API, names it, and locks the account until an admin opens it', async () => {
    const offer = await neighbourhood.offer(neighbour);
    const key = { userId: member.id };
    await tamper(neighbourhood.gatewayUrl, 'UserBalance', key, { availableBalance: 99, totalBalance: 99 });

    const report = await check();

    expect(report).toMatchObject({ status: 'MISMATCHED', mismatches: 1 });
    expect(findingsOf(report)).toEqual([
      {
        accountId: member.id,
        words: [
          `Account ${member.id}: available by the log is 99, not 10`,
          `Account ${member.id}: its entries do not follow one another`,
        ],
        locked: true,
      },
    ]);
    expect(await refusal(member, SUBMIT, neighbourhood.submission(offer))).toBe('ACCOUNT_LOCKED');
    expect((await toldTo(member)).map(({ kind }) => kind)).toContain('ACCOUNT_LOCKED');
    expect(await neighbourhood.balance(member)).toMatchObject({ availableBalance: 99, version: 1 }); // never repaired

    await tamper(neighbourhood.gatewayUrl, 'UserBalance', key, { availableBalance: 10, totalBalance: 10 });
    await lock(false);
    expect(await check()).toMatchObject({ status: 'BALANCED' });
    expect(await refusal(member, SUBMIT, neighbourhood.submission(offer))).toBeUndefined();
  });

  it('comes by itself every day', async () => {
    const before = (await reports()).length;

    await neighbourhood.advance('P1D');

    const [latest] = await vi.waitFor(
      async () => {
        const all = await reports();
        expect(all.length).toBe(before + 1);
        expect(all[0]?.status).not.toBe('RUNNING');
        return all;
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(latest).toMatchObject({ status: 'BALANCED', requestedBy: 'SCHEDULE' });
  });
});

describe('IAM', () => {
  it('has refused nothing that admins do', async () => {
    const response = await fetch(`${neighbourhood.gatewayUrl}/_local/iam`);
    const { callers } = (await response.json()) as { callers: Record<string, { refused: unknown[] }> };
    expect(Object.entries(callers).filter(([, caller]) => caller.refused.length > 0)).toEqual([]);
  });
});
