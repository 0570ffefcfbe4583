/** Physical names of the tables. A function is given only those that it needs. */
export interface Tables {
  readonly serviceRequest: string;
  readonly requestStep: string;
  readonly notification: string;
  readonly escrow: string;
  readonly userBalance: string;
  readonly transactionLog: string;
  readonly user: string;
  readonly service: string;
  readonly dispute: string;
  readonly evidence: string;
  readonly message: string;
  readonly review: string;
  /** Reviews as they were written; no API reaches it. */
  readonly sealedReview: string;
  readonly memberStats: string;
  readonly serviceStats: string;
  readonly adminAction: string;
  readonly reconciliationReport: string;
  readonly wait: string;
}

/** The tables of a request and its timeline. */
export type RequestTables = Pick<Tables, 'serviceRequest' | 'requestStep' | 'notification'>;

/** Written with a request where a dispute begins or ends; a function that does neither is not given them. */
export type DisputeTables = Pick<Tables, 'dispute' | 'escrow'>;

/** What AppSync's generated resolvers expect to find in every row of a model. */
export const MODEL = {
  serviceRequest: 'ServiceRequest',
  requestStep: 'RequestStep',
  notification: 'Notification',
  escrow: 'Escrow',
  userBalance: 'UserBalance',
  transactionLog: 'TransactionLog',
  user: 'User',
  service: 'Service',
  dispute: 'Dispute',
  evidence: 'Evidence',
  message: 'Message',
  review: 'Review',
  memberStats: 'MemberStats',
  serviceStats: 'ServiceStats',
  adminAction: 'AdminAction',
  reconciliationReport: 'ReconciliationReport',
} as const satisfies Partial<Record<keyof Tables, string>>;
