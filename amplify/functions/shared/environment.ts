import * as z from 'zod/mini';
import type { Tables } from './tables.ts';

/** The variables that `amplify/constructs` gives to the functions that need them. */
const TABLE_VARIABLES = {
  serviceRequest: 'SERVICE_REQUEST_TABLE',
  requestStep: 'REQUEST_STEP_TABLE',
  notification: 'NOTIFICATION_TABLE',
  escrow: 'ESCROW_TABLE',
  userBalance: 'USER_BALANCE_TABLE',
  transactionLog: 'TRANSACTION_LOG_TABLE',
  user: 'USER_TABLE',
  service: 'SERVICE_TABLE',
  dispute: 'DISPUTE_TABLE',
  evidence: 'EVIDENCE_TABLE',
  message: 'MESSAGE_TABLE',
  review: 'REVIEW_TABLE',
  sealedReview: 'SEALED_REVIEW_TABLE',
  memberStats: 'MEMBER_STATS_TABLE',
  serviceStats: 'SERVICE_STATS_TABLE',
  adminAction: 'ADMIN_ACTION_TABLE',
  reconciliationReport: 'RECONCILIATION_REPORT_TABLE',
  wait: 'WAIT_TABLE',
} as const satisfies Record<keyof Tables, string>;

type Variables = Readonly<Record<string, string | undefined>>;

const present = z.string().check(z.minLength(1));

/**
 * The named variables of this function's environment, read once when the function loads. Throws, naming what is missing,
 * so that a function deployed without one fails at its first start and not in the middle of a posting.
 */
export function environment<const Name extends string>(
  names: readonly Name[],
  variables: Variables = process.env,
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !present.safeParse(variables[name]).success);
  if (missing.length > 0) throw new Error(`Missing in the environment: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, variables[name]])) as Record<Name, string>;
}

/** The physical names of the tables that this function is given. Throws as `environment` does. */
export function tableNames<const Table extends keyof Tables>(
  tables: readonly Table[],
  variables: Variables = process.env,
): Pick<Tables, Table> {
  const names: Variables = environment(
    tables.map((table) => TABLE_VARIABLES[table]),
    variables,
  );
  return Object.fromEntries(tables.map((table) => [table, names[TABLE_VARIABLES[table]]])) as Pick<
    Tables,
    Table
  >;
}

/** Tables that a writer knows and this function never touches: it is neither told their names nor let in. */
export const outOfReach = <const Table extends keyof Tables>(tables: readonly Table[]): Pick<Tables, Table> =>
  Object.fromEntries(tables.map((table) => [table, 'out-of-reach'])) as Pick<Tables, Table>;
