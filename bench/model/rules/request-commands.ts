import { number, type Command, type Effect } from './command.ts';
import { priceOf, roleOf, tableOf, type Deal, type Role } from './deal.ts';
import { QUESTIONS, RESPONSES, type Asked, type Question } from './questions.ts';
import { refuse } from './refuse.ts';
import { HOUR } from './waits.ts';

const submitServiceRequest: Command = (world, by, args) => {
  const id = String(args['requestId']);
  const submission = JSON.stringify([by, args['serviceId'], args['estimatedHours'], args['rate']]);
  const earlier = world.deals.get(id);
  if (earlier) {
    if (earlier.submission !== submission) refuse('DUPLICATE_REQUEST');
    return () => undefined;
  }
  const offer = world.offers.get(String(args['serviceId'])) ?? refuse('OFFER_UNAVAILABLE');
  if (offer.provider === by) refuse('OWN_OFFER');
  if (!offer.active) refuse('OFFER_UNAVAILABLE');
  if (offer.rate !== args['rate']) refuse('TERMS_CHANGED');
  const hours = number(args['estimatedHours']) ?? refuse('INVALID_HOURS');
  const amount = priceOf(hours, offer.rate);
  world.checkFunds(by, amount);
  const deal: Deal = {
    id,
    offer: offer.id,
    requester: by,
    provider: offer.provider,
    responseSeconds: (world.responseHours.get(offer.provider) ?? 48) * HOUR,
    submission,
    status: 'INITIATED',
    revision: 1,
    amount,
    hours,
    rate: offer.rate,
    round: 0,
    shortfalls: 0,
    changes: 0,
    disputed: { REQUESTER: 0, PROVIDER: 0 },
    held: 0,
    frozen: false,
    released: 0,
    refunded: 0,
    reviews: {},
  };
  return () => {
    world.deals.set(id, deal);
  };
};

const respondToServiceRequest: Command = (world, by, args) => {
  const deal = world.dealFor(args['requestId']);
  const role = roleOf(deal, by) ?? refuse('NOT_FOUND');
  if (role === 'REQUESTER' && !deal.pending && deal.status === 'AWAITING_RESPONSE') refuse('NOT_YOUR_TURN');
  check(deal, by, RESPONSES[role]);
  if (turnOf(deal) !== role) refuse('NOT_YOUR_TURN');
  const response = String(args['response']);
  if (response === 'COUNTER_OFFER' && deal.round >= 5) refuse('TOO_MANY_ROUNDS');
  if (response === 'ACCEPT' && deal.status === 'NEGOTIATING' && deal.shortfalls >= 5)
    refuse('INSUFFICIENT_HOURS');
  const table = tableOf(deal);
  const [round, hours, rate] = ['round', 'hours', 'rate'].map((name) => number(args[name]));
  if (round !== undefined && round !== deal.round) refuse('TERMS_CHANGED');
  if (response !== 'COUNTER_OFFER') {
    if (hours !== undefined && hours !== table.hours) refuse('TERMS_CHANGED');
    if (rate !== undefined && rate !== table.rate) refuse('TERMS_CHANGED');
  }
  if (response === 'REJECT')
    return () => {
      deal.pending = { event: 'REJECT', by: role };
    };
  const offered = { hours: hours ?? 0, rate: rate ?? table.rate };
  const terms = response === 'ACCEPT' ? table : { ...offered, amount: priceOf(offered.hours, offered.rate) };
  if (response !== 'ACCEPT' && terms.hours === table.hours && terms.rate === table.rate) refuse('SAME_TERMS');
  const extra = terms.amount - deal.amount;
  if (role === 'REQUESTER' && extra > 0) world.checkFunds(by, extra);
  return () => {
    deal.pending = { event: response, by: role, terms };
  };
};

function turnOf(deal: Deal): Role {
  if (deal.status === 'AWAITING_RESPONSE') return 'PROVIDER';
  return deal.round % 2 === 1 ? 'REQUESTER' : 'PROVIDER';
}

const cancelServiceRequest: Command = (world, by, args) => {
  const deal = world.dealFor(args['requestId']);
  const role = roleOf(deal, by) ?? refuse('NOT_FOUND');
  return ask(deal, by, role === 'REQUESTER' ? 'WITHDRAW' : 'CANNOT_DO');
};

export const REQUEST_COMMANDS: Readonly<Record<string, Command>> = {
  submitServiceRequest,
  respondToServiceRequest,
  cancelServiceRequest,
  markServiceDelivered: asking('DELIVERED'),
  requestChanges: asking('CHANGES'),
  confirmServiceCompletion: asking('CONFIRM'),
  openDispute: asking('OPEN_DISPUTE'),
};

function asking(event: Asked): Command {
  return (world, by, args) => ask(world.dealFor(args['requestId']), by, event);
}

function ask(deal: Deal, by: string, event: Asked): Effect {
  const role = check(deal, by, QUESTIONS[event]);
  if (event === 'CHANGES' && deal.changes >= 5) refuse('TOO_MANY_CHANGES');
  if (event === 'OPEN_DISPUTE' && deal.disputed[role] >= 1) refuse('TOO_MANY_DISPUTES');
  return () => {
    deal.pending = { event, by: role };
    if (event === 'OPEN_DISPUTE')
      deal.dispute = {
        id: `dispute-${deal.id}-${role.toLowerCase()}`,
        status: 'OPEN',
        proposals: 0,
        statements: { REQUESTER: new Set(), PROVIDER: new Set() },
      };
  };
}

/** The rules common to every question: strangers, wrong side, too late, too early. */
function check(deal: Deal, by: string, { by: asked, where, answered, soon }: Question): Role {
  const role = roleOf(deal, by) ?? refuse('NOT_FOUND');
  if (!asked.includes(role)) refuse('NOT_YOUR_TURN');
  if (deal.pending) refuse('ALREADY_ANSWERED');
  if (where.includes(deal.status)) return role;
  if (soon.has(deal.status)) refuse('TRY_AGAIN');
  return refuse(answered.includes(deal.status) ? 'ALREADY_ANSWERED' : 'NOT_ALLOWED_NOW');
}
