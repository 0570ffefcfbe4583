/** Models whose tables functions reach directly, and the tables that no API reaches; with the variable that names the table. */
export const TABLE_VARIABLES = {
  ServiceRequest: 'SERVICE_REQUEST_TABLE',
  RequestStep: 'REQUEST_STEP_TABLE',
  Escrow: 'ESCROW_TABLE',
  UserBalance: 'USER_BALANCE_TABLE',
  TransactionLog: 'TRANSACTION_LOG_TABLE',
  Notification: 'NOTIFICATION_TABLE',
  User: 'USER_TABLE',
  Service: 'SERVICE_TABLE',
  Dispute: 'DISPUTE_TABLE',
  Evidence: 'EVIDENCE_TABLE',
  Message: 'MESSAGE_TABLE',
  Review: 'REVIEW_TABLE',
  SealedReview: 'SEALED_REVIEW_TABLE',
  MemberStats: 'MEMBER_STATS_TABLE',
  ServiceStats: 'SERVICE_STATS_TABLE',
  AdminAction: 'ADMIN_ACTION_TABLE',
  ReconciliationReport: 'RECONCILIATION_REPORT_TABLE',
  Wait: 'WAIT_TABLE',
} as const;

export type TableName = keyof typeof TABLE_VARIABLES;

/**
 * One item action, or a query on the one index named. Nobody deletes, and nobody scans but the check of the books: what is
 * of no account is found by no index.
 */
export type TableUse =
  'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'ConditionCheckItem' | 'Scan' | `Query:${string}`;

export type WorkflowName =
  | 'service-request'
  | 'escrow-management'
  | 'escrow-cancellation'
  | 'dispute-resolution'
  | 'transaction-processing'
  | 'balance-reconciliation'
  | 'review-publication';

export const WORKFLOW_VARIABLES = {
  'service-request': 'SERVICE_REQUEST_WORKFLOW_ARN',
  'transaction-processing': 'TRANSACTION_PROCESSING_WORKFLOW_ARN',
  'balance-reconciliation': 'BALANCE_RECONCILIATION_WORKFLOW_ARN',
  'review-publication': 'REVIEW_PUBLICATION_WORKFLOW_ARN',
} as const satisfies Partial<Record<WorkflowName, string>>;

export type WorkflowUse =
  'StartExecution' | 'SendTaskSuccess' | 'DescribeExecution' | 'ListExecutions' | 'RedriveExecution';

export type ObjectUse = 'GetObject' | 'PutObject' | 'DeleteObject';

export interface Access {
  readonly tables?: Readonly<Partial<Record<TableName, readonly TableUse[]>>>;
  readonly workflows?: Readonly<Partial<Record<WorkflowName, readonly WorkflowUse[]>>>;
  /** May put events on the bus; the variable is EVENT_BUS_NAME. */
  readonly bus?: true;
  /** By prefix, what it may do to files in the bucket of evidence; the variable is EVIDENCE_BUCKET. */
  readonly evidence?: Readonly<Record<string, readonly ObjectUse[]>>;
}

const READ = ['GetItem'] as const;
const APPEND = ['GetItem', 'PutItem'] as const;
const CHANGE = ['GetItem', 'UpdateItem'] as const;
const WRITE = ['GetItem', 'PutItem', 'UpdateItem'] as const;

const GIVES_COMMANDS = {
  tables: {
    ServiceRequest: WRITE,
    RequestStep: APPEND,
    Service: READ,
    User: READ,
    UserBalance: READ,
    Wait: CHANGE,
  },
  workflows: { 'service-request': ['StartExecution', 'SendTaskSuccess'] },
  bus: true,
} as const satisfies Access;

/** Totals are only ever increased, in the transaction of what they count. */
const COUNTS = { MemberStats: ['UpdateItem'], ServiceStats: ['UpdateItem'] } as const;

/** A status change without money; one that begins or ends a dispute writes that as well. */
const CHANGES_STATUS = { ServiceRequest: CHANGE, RequestStep: APPEND, Notification: ['PutItem'] } as const;

/** What the sweeper asks of a workflow that it takes up again. */
const LOOKED_AFTER = ['ListExecutions', 'DescribeExecution', 'RedriveExecution'] as const;

/** The posting that makes a member: profile and welcome bonus. */
const WELCOMES: Access = {
  tables: { User: APPEND, UserBalance: WRITE, TransactionLog: APPEND },
  bus: true,
};

/**
 * What each function may touch, and nothing else: its IAM policy and its environment are made from this.
 * Only the ledger's functions put into TransactionLog; nobody updates or deletes there.
 */
export const FUNCTION_ACCESS = {
  requestCommands: {
    ...GIVES_COMMANDS,
    tables: {
      ...GIVES_COMMANDS.tables,
      ...COUNTS,
      Message: APPEND,
      Notification: APPEND,
      Review: ['PutItem'],
      SealedReview: [...WRITE, 'ConditionCheckItem'],
    },
    workflows: { ...GIVES_COMMANDS.workflows, 'review-publication': ['StartExecution'] },
  },
  startServiceRequest: GIVES_COMMANDS,
  memberCommands: WELCOMES,
  processDirectTransfer: {
    ...WELCOMES,
    tables: { ...WELCOMES.tables, User: WRITE, AdminAction: WRITE, Notification: ['PutItem'] },
  },
  workflowStatus: {
    tables: { ServiceRequest: READ, RequestStep: ['BatchGetItem'] },
    workflows: { 'service-request': ['DescribeExecution'] },
  },
  disputeCommands: {
    tables: {
      ServiceRequest: CHANGE,
      Wait: CHANGE,
      Dispute: WRITE,
      Evidence: APPEND,
      Notification: ['PutItem'],
    },
    workflows: { 'service-request': ['SendTaskSuccess'], 'dispute-resolution': ['SendTaskSuccess'] },
    bus: true,
    // What has become evidence is never deleted.
    evidence: { uploads: ['GetObject', 'PutObject', 'DeleteObject'], evidence: ['GetObject', 'PutObject'] },
  },
  /** Of balances it only changes the lock: hours are moved by the workflow that it starts. */
  adminCommands: {
    tables: {
      UserBalance: CHANGE,
      AdminAction: APPEND,
      Notification: ['PutItem'],
      ReconciliationReport: READ,
    },
    workflows: {
      'transaction-processing': ['StartExecution'],
      'balance-reconciliation': ['StartExecution', 'ListExecutions'],
    },
    bus: true,
  },
  processNegotiation: {
    tables: {
      ...CHANGES_STATUS,
      Wait: CHANGE,
      Escrow: CHANGE,
      UserBalance: CHANGE,
      TransactionLog: APPEND,
    },
    bus: true,
  },
  initiateDispute: {
    tables: { ...CHANGES_STATUS, Dispute: CHANGE, Escrow: CHANGE },
    bus: true,
  },
  processDisputeResolution: {
    tables: { ...CHANGES_STATUS, Wait: CHANGE, Dispute: CHANGE, Escrow: CHANGE },
    bus: true,
  },
  processPayment: { tables: { ServiceRequest: READ, Wait: READ } },
  /** Reads everything that the rules of the ledger speak of, and writes no hours: only the lock, its record, the report. */
  reconcileBalances: {
    tables: {
      UserBalance: [...CHANGE, 'BatchGetItem', 'Scan'],
      TransactionLog: ['Scan', 'Query:byUserId', 'Query:byTransactionId'],
      Escrow: ['BatchGetItem', 'Scan', 'Query:byFromUserId'],
      ServiceRequest: ['BatchGetItem', 'Query:byRequesterId'],
      User: [...READ, 'Scan'],
      AdminAction: APPEND,
      Notification: ['PutItem'],
      ReconciliationReport: WRITE,
    },
    bus: true,
  },
  publishReviews: {
    tables: {
      ...COUNTS,
      ServiceRequest: READ,
      Notification: ['PutItem'],
      Review: ['PutItem'],
      SealedReview: CHANGE,
    },
    bus: true,
  },
  validateServiceRequest: {
    tables: { ...CHANGES_STATUS, Service: READ, User: READ, UserBalance: READ },
    bus: true,
  },
  createEscrow: {
    tables: { ...CHANGES_STATUS, Escrow: APPEND, UserBalance: CHANGE, TransactionLog: APPEND },
    bus: true,
  },
  notifyProvider: {
    tables: CHANGES_STATUS,
    bus: true,
  },
  processProviderResponse: {
    tables: { ...CHANGES_STATUS, Wait: CHANGE },
    bus: true,
  },
  validateEscrowRelease: {
    tables: { ServiceRequest: READ, Escrow: READ },
  },
  processEscrowRelease: {
    tables: {
      ...CHANGES_STATUS,
      Dispute: CHANGE,
      Escrow: CHANGE,
      UserBalance: CHANGE,
      TransactionLog: APPEND,
      ...COUNTS,
    },
    bus: true,
  },
  processEscrowCancellation: {
    tables: {
      ...CHANGES_STATUS,
      Dispute: CHANGE,
      Escrow: CHANGE,
      UserBalance: CHANGE,
      TransactionLog: APPEND,
    },
    bus: true,
  },
  sweeper: {
    tables: { ServiceRequest: ['GetItem', 'Query:byStatus'], Wait: READ },
    workflows: {
      'service-request': [
        'StartExecution',
        'SendTaskSuccess',
        'DescribeExecution',
        'ListExecutions',
        'RedriveExecution',
      ],
      'dispute-resolution': ['SendTaskSuccess'],
      'transaction-processing': ['StartExecution', ...LOOKED_AFTER],
      'balance-reconciliation': LOOKED_AFTER,
      'review-publication': LOOKED_AFTER,
    },
  },
  postConfirmation: { bus: true },
} as const satisfies Record<string, Access>;

export type FunctionName = keyof typeof FUNCTION_ACCESS;

export const FUNCTION_NAMES = Object.keys(FUNCTION_ACCESS) as readonly FunctionName[];
