import { number, type Command } from './command.ts';
import { roleOf, type Deal, type ModelDispute } from './deal.ts';
import { refuse } from './refuse.ts';

const MOST_STATEMENTS = 5;

const addStatement: Command = (world, by, args) => {
  const [deal, dispute] = world.disputeFor(args['disputeId']);
  const role = roleOf(deal, by) ?? refuse('NOT_FOUND');
  if (dispute.status !== 'OPEN' && dispute.status !== 'AWAITING_DECISION') refuse('ALREADY_ANSWERED');
  const said = dispute.statements[role];
  const statement = String(args['statement']);
  if (!said.has(statement) && said.size >= MOST_STATEMENTS) refuse('TOO_MUCH_EVIDENCE');
  return () => {
    said.add(statement);
  };
};

const proposeSettlement: Command = (world, by, args) => {
  const [deal, dispute] = world.disputeFor(args['disputeId']);
  if (!roleOf(deal, by)) refuse('NOT_FOUND');
  checkArguable(dispute);
  const hours = number(args['refundHours']);
  if (dispute.proposals >= 20) refuse('TOO_MANY_ROUNDS');
  if (hours === undefined || hours > deal.amount) refuse('INVALID_HOURS');
  if (deal.pending) refuse('ALREADY_ANSWERED');
  return () => {
    dispute.proposals += 1;
    dispute.proposed = { hours: hours ?? 0, by };
  };
};

const answerSettlement: Command = (world, by, args) => {
  const [deal, dispute] = world.disputeFor(args['disputeId']);
  const role = roleOf(deal, by) ?? refuse('NOT_FOUND');
  checkArguable(dispute);
  const hours = number(args['refundHours']);
  const proposed = dispute.proposed ?? refuse('NOT_ALLOWED_NOW');
  if (proposed.by === by) refuse('NOT_YOUR_TURN');
  if (hours !== undefined && hours !== proposed.hours) refuse('TERMS_CHANGED');
  if (deal.pending) refuse('ALREADY_ANSWERED');
  if (args['accept'] !== true)
    return () => {
      dispute.proposed = undefined;
    };
  return () => {
    deal.pending = { event: settlementOf(deal, proposed.hours), by: role, refund: proposed.hours };
  };
};

const resolveDispute: Command = (world, by, args) => {
  if (!world.admins.has(by)) refuse('NOT_AN_ADMIN');
  const [deal, dispute] = world.disputeFor(args['disputeId']);
  if (roleOf(deal, by)) refuse('CONFLICT_OF_INTEREST');
  checkArguable(dispute);
  const decision = String(args['decision']);
  const hours = number(args['refundHours']);
  if (decision === 'PARTIAL_REFUND') {
    if (hours === undefined || hours < 0.25 || hours > deal.amount - 0.25) refuse('INVALID_HOURS');
  } else if (hours !== undefined) refuse('INVALID_INPUT');
  if (deal.pending) refuse('ALREADY_ANSWERED');
  return () => {
    deal.pending = { event: decision, by: 'ADMIN', ...(hours !== undefined && { refund: hours }) };
  };
};

/** By the parties, and by an admin who is neither. */
export const DISPUTE_COMMANDS: Readonly<Record<string, Command>> = {
  addStatement,
  proposeSettlement,
  answerSettlement,
  resolveDispute,
};

function checkArguable({ status }: ModelDispute): void {
  if (status === 'OPEN') refuse('TRY_AGAIN');
  if (status !== 'AWAITING_DECISION') refuse('ALREADY_ANSWERED');
}

function settlementOf(deal: Deal, refund: number): string {
  if (refund === 0) return 'SETTLE_PAY';
  return refund === deal.amount ? 'SETTLE_REFUND' : 'SETTLE_PARTIAL';
}
