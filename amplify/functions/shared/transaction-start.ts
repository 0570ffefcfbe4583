import type { Adjustment } from '../../../domain/admin-action.ts';
import type { RequestRecord } from '../../../domain/request.ts';

/** An execution of TransactionProcessingWorkflow: its name makes it start once, its input says everything. */
export interface TransactionStart {
  readonly name: string;
  readonly input: { readonly transactionType: string } & Readonly<Record<string, unknown>>;
}

/** Nothing in it changes between two tries: Step Functions takes the same name only with the same input. */
export const adjustmentStart = ({
  id,
  adminId,
  userId,
  hours,
  reason,
  allowBelowZero,
}: Adjustment): TransactionStart => ({
  name: `adjustment-${id}`,
  input: {
    transactionType: 'ADMIN_ADJUSTMENT',
    adjustmentId: id,
    adminId,
    userId,
    hours,
    reason,
    allowBelowZero,
  },
});

type Left = Pick<RequestRecord, 'id' | 'revision'>;

/** Gives the hours of a request back that its own workflow left behind. */
export const refundStart = ({ id, revision }: Left): TransactionStart => ({
  name: `compensation-${id}-${revision}`,
  input: { transactionType: 'REFUND', requestId: id },
});

/** Pays a request whose payment is decided and whose own workflow can no longer be taken up. */
export const paymentStart = ({ id, revision }: Left): TransactionStart => ({
  name: `payment-${id}-${revision}`,
  input: { transactionType: 'PAYMENT', requestId: id },
});
