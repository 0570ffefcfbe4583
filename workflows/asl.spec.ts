import { existsSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { TRANSITIONS, type LedgerEffect, type RequestEvent, type Status } from '../domain/life-cycle.ts';
import { SEALED_FOR } from '../domain/review.ts';
import { everyState, isWait, lint, reachable, type Definition, type State } from './asl-lint.ts';
import { definitionOf, definitions, stateOf } from './definitions.ts';

const FUNCTIONS = join(import.meta.dirname, '../amplify/functions');

const serviceRequest = definitionOf('service-request');
const kebab = (pascal: string) => pascal.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

/** What each substitution must find in the repository. */
const KNOWN_SUBSTITUTIONS: readonly (readonly [RegExp, (name: string) => boolean])[] = [
  [/^(\w+)FunctionArn$/, (name) => existsSync(join(FUNCTIONS, kebab(name), 'handler.ts'))],
  [/^(\w+)WorkflowArn$/, (name) => kebab(name) in definitions],
  [/^(WaitTableName)$/, () => true],
];

const isKnown = (substitution: string) =>
  KNOWN_SUBSTITUTIONS.some(([pattern, exists]) => {
    const name = pattern.exec(substitution)?.[1];
    return name !== undefined && exists(name);
  });

describe.each(Object.entries(definitions))('%s', (_name, definition) => {
  const tasks = everyState(definition).filter(([, state]) => state.Type === 'Task');

  it('is valid Amazon States Language', () => {
    const { isValid, errors } = validate(definition);
    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('holds what the validator does not look at', () => {
    expect(lint(definition)).toEqual([]);
  });

  it('names only functions, state machines and tables that exist', () => {
    const substitutions = [...JSON.stringify(definition).matchAll(/\$\{(\w+)\}/g)].map(
      ([, name]) => name ?? '',
    );
    expect(substitutions.filter((name) => !isKnown(name))).toEqual([]);
  });

  it.each(tasks)('%s retries by the policy of its kind', (_task, { Resource = '', Retry }) => {
    expect(Retry).toEqual(stateOf(serviceRequest, policyOf(Resource)).Retry);
    expect(Retry).toMatchObject([{ JitterStrategy: 'FULL' }]);
  });

  it.each(tasks)('%s says which execution asks', (_task, { Resource = '', Arguments }) => {
    expect([...(ASKED_BY[Resource] ?? [{}])].map((asked) => equals(Arguments, asked))).toContain(true);
  });
});

/** Where each integration hands on which execution asks: to the log of a function, to the list of a child's parents. */
const ASKED_BY: Readonly<Record<string, readonly object[]>> = {
  'arn:aws:states:::lambda:invoke': [
    { Payload: { executionArn: '{% $states.context.Execution.Id %}' } },
    // What was asked for as a whole, with the execution beside it.
    { Payload: expect.stringContaining("{'executionArn': $states.context.Execution.Id") as string },
  ],
  'arn:aws:states:::states:startExecution.sync:2': [
    { Input: { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}' } },
  ],
};

function equals(given: unknown, asked: object): boolean {
  try {
    expect(given).toMatchObject(asked);
    return true;
  } catch {
    return false;
  }
}

/** A state whose retriers are those of every task of its kind: there is one policy for work and one for waits. */
const policyOf = (resource: string) =>
  resource.endsWith('.waitForTaskToken') ? 'WaitForProviderResponse' : 'ValidateRequest';

const errorsRetriedIn = (name: string) =>
  stateOf(serviceRequest, name).Retry?.flatMap((retrier) => retrier.ErrorEquals) ?? [];

describe('the policy of waits', () => {
  const ErrorEquals = errorsRetriedIn('WaitForProviderResponse');

  it.each([
    'ServiceFault',
    'Runtime.ExitError', // it crashed midway: every step may run twice
    'Lambda.Unknown',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
  ])('covers %s', (fault) => {
    expect(ErrorEquals).toContain(fault);
  });

  it('never repeats a wait that ran out or that an answer came before', () => {
    expect(ErrorEquals).not.toContain('States.Timeout');
    expect(ErrorEquals).not.toContain('States.TaskFailed');
    expect(ErrorEquals).not.toContain('DynamoDb.ConditionalCheckFailedException');
  });

  it('is that of work, but for a step that did not answer in time', () => {
    expect(errorsRetriedIn('ValidateRequest')).toEqual([...ErrorEquals, 'States.Timeout']);
  });
});

describe('a wait', () => {
  const waits = Object.entries(serviceRequest.States).filter(([, state]) => isWait(state));

  it('exists for the response, each round of negotiation, the delivery and the confirmation', () => {
    expect(waits.map(([name]) => name)).toEqual([
      'WaitForProviderResponse',
      'WaitForNegotiation',
      'WaitForDelivery',
      'WaitForConfirmation',
    ]);
  });

  it.each(waits)(
    '%s goes to the step behind it on a wake, a timeout and an answer that came first',
    (_name, wait) => {
      expect(wait.Catch).toEqual([{ ErrorEquals: ['States.ALL'], Next: wait.Next }]);
      expect(wait.TimeoutSeconds).toBe('{% $waitSeconds %}');
      expect(wait.Arguments).toMatchObject({
        Key: { id: { S: "{% $states.context.Execution.Input.requestId & '#' & $revision %}" } },
        ConditionExpression: 'attribute_not_exists(outcome)',
      });
      const behind = stateOf(serviceRequest, wait.Next ?? '');
      expect(behind.Arguments).toMatchObject({ Payload: { revision: '{% $revision %}' } });
    },
  );

  it('gives its token to nothing but its row', () => {
    const elsewhere = Object.values(serviceRequest.States).filter((state) => !isWait(state));
    expect(JSON.stringify(elsewhere)).not.toContain('Task.Token');
  });
});

describe('the publication of reviews', () => {
  const { States } = definitionOf('review-publication');

  it('waits as long as a review stays sealed', () => {
    expect(States['WaitForSecondReview']?.Seconds).toBe(SEALED_FOR);
  });

  it('asks again when the rest of a seal has passed', () => {
    expect(States['WaitForSeal']).toMatchObject({
      Seconds: '{% $states.input.waitSeconds %}',
      Next: 'PublishReviews',
    });
  });
});

describe('the life cycle', () => {
  const disputeResolution = definitionOf('dispute-resolution');

  /** The machine that a status waits in, and the state that routes its outcome. */
  const ROUTES: Partial<Record<Status, readonly [Definition, string]>> = {
    AWAITING_RESPONSE: [serviceRequest, 'RouteProviderResponse'],
    NEGOTIATING: [serviceRequest, 'RouteNegotiation'],
    IN_PROGRESS: [serviceRequest, 'RouteDelivery'],
    COMPLETED: [serviceRequest, 'RouteConfirmation'],
    DISPUTED: [disputeResolution, 'RouteResolution'],
  };
  /** What carries out the rows that nobody asks for. */
  const SYSTEM_STATES: Partial<Record<RequestEvent, readonly string[]>> = {
    START_VALIDATION: ['ValidateRequest'],
    REFUSE: ['RequestRefused'],
    HOLD_HOURS: ['CreateEscrow'],
    TELL_PROVIDER: ['NotifyProvider'],
    HOURS_GONE: ['ProcessNegotiation'],
    START_WORK: ['StartServiceExecution'],
    SYSTEM_FAILURE: ['CompensateRequest', 'CompensateDispute'],
  };
  /** What moves the hours of a row, in either machine. */
  const MONEY_STATES: Readonly<Partial<Record<LedgerEffect, readonly string[]>>> = {
    RELEASE: ['PayProvider', 'PayToProvider'],
    PARTIAL: ['PartialRefund'],
    REFUND: ['RefundEscrow', 'RefundToRequester'],
  };
  const ALL_MONEY = Object.values(MONEY_STATES).flat();
  const rows = TRANSITIONS.filter((row) => row.event !== 'SUBMIT');
  const answered = rows.flatMap((row) =>
    row.from.flatMap((status) => {
      const route = status === 'NEW' || row.by === 'SYSTEM' ? undefined : ROUTES[status];
      return route === undefined ? [] : [{ status, row, machine: route[0], route: route[1] }];
    }),
  );
  const outcomesOf = (condition: string) => [...condition.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);

  it.each(answered)('$status takes $row.event to $row.to with its posting', ({ row, machine, route }) => {
    const rule = stateOf(machine, route).Choices?.find(({ Condition }) =>
      outcomesOf(Condition).includes(row.event),
    );
    const next = reachable(
      machine,
      rule?.Next ?? '',
      (name, { by }) => by !== 'catch' && name !== 'HoursAreBack?' && !isWait(stateOf(machine, name)),
    );
    const moves = [...next].filter((name) => ALL_MONEY.includes(name));
    const expected = MONEY_STATES[row.ledger];
    if (expected) {
      expect(moves).toHaveLength(1);
      expect(expected).toEqual(expect.arrayContaining(moves));
    } else if (row.to === 'BEFORE_DISPUTE') expect(next).toContain('DismissDispute');
    else expect([...next].some((name) => isWait(stateOf(machine, name)))).toBe(true);
  });

  it.each(rows.filter((row) => row.by === 'SYSTEM'))('has a state for $event', ({ event }) => {
    const states = [serviceRequest, disputeResolution].flatMap((machine) => [
      ...reachable(machine, machine.StartAt),
    ]);
    expect(states).toEqual(expect.arrayContaining([...(SYSTEM_STATES[event] ?? ['(no state)'])]));
  });

  it('has a rule or a state for every row of the table', () => {
    const covered = new Set([
      ...answered.map(({ row }) => row),
      ...rows.filter((row) => row.by === 'SYSTEM'),
    ]);
    expect(rows.filter((row) => !covered.has(row))).toEqual([]);
  });

  it('answers no outcome that no row knows', () => {
    for (const [machine, route] of Object.values(ROUTES)) {
      const outcomes = (stateOf(machine, route).Choices ?? []).flatMap(({ Condition }) =>
        outcomesOf(Condition),
      );
      const known = answered.filter((one) => one.route === route).map(({ row }) => row.event as string);
      const own = ['WAIT', 'REMIND', 'HOURS_GONE'];
      expect(outcomes.filter((outcome) => !known.includes(outcome) && !own.includes(outcome))).toEqual([]);
      expect(outcomes).toContain('WAIT');
    }
  });
});

describe('the price of a life', () => {
  /** Every state entered counts, and so does the start of an execution. */
  const walk = (definition: Definition, outcomes: readonly string[]): number => {
    const answers = [...outcomes];
    let transitions = 1;
    for (let name: string | undefined = definition.StartAt; name !== undefined; transitions += 1) {
      const state: State = stateOf(definition, name);
      if (state.Resource?.includes('startExecution'))
        transitions += walk(definitionOf('escrow-management'), []);
      name = state.Type === 'Choice' ? nextChoice(state, answers) : state.Next;
    }
    return transitions;
  };
  const nextChoice = ({ Choices = [] }: State, answers: string[]) => {
    const asksOutcome = Choices.some(({ Condition }) => Condition.includes('outcome'));
    const answer = asksOutcome ? answers.shift() : undefined;
    return Choices.find(({ Condition }) => answer === undefined || Condition.includes(`'${answer}'`))?.Next;
  };

  it('is at most 28 transitions from submit to paid, children included', () => {
    expect(walk(serviceRequest, ['ACCEPT', 'DELIVERED', 'CONFIRM'])).toBe(23);
  });

  it('stays there with one reminder before the confirmation', () => {
    expect(walk(serviceRequest, ['ACCEPT', 'DELIVERED', 'REMIND', 'CONFIRM'])).toBe(26);
  });
});

describe('a transaction', () => {
  const transaction = definitionOf('transaction-processing');
  const routesOf = (name: string, types: readonly string[]) =>
    types.map((type) => {
      const { Choices = [] } = stateOf(transaction, name);
      return Choices.find(({ Condition }) => Condition.includes(`'${type}'`))?.Next;
    });
  const childrenFrom = (start: string) =>
    [...reachable(transaction, start)].filter((name) =>
      stateOf(transaction, name).Resource?.includes('startExecution'),
    );

  it('of each type takes its way', () => {
    const types = ['WELCOME_BONUS', 'ADMIN_ADJUSTMENT', 'PAYMENT', 'REFUND'];
    expect(routesOf('RouteTransaction', types)).toEqual([
      'ValidateTransaction',
      'ValidateTransaction',
      'ValidatePayment',
      'ValidatePayment',
    ]);
  });

  it('of no known type fails, and says so', () => {
    const { Default = '' } = stateOf(transaction, 'RouteTransaction');
    expect(stateOf(transaction, Default)).toMatchObject({ Type: 'Fail', Error: 'UnknownTransaction' });
  });

  it('pays or refunds, never both, as the workflow of a request does', () => {
    const [pay = '', refund = '', nothing = ''] = routesOf('RoutePayment', ['PAY', 'REFUND', 'NOTHING']);
    expect([pay, refund, nothing].map(childrenFrom)).toEqual([['PayProvider'], ['RefundEscrow'], []]);
    for (const name of [pay, refund])
      expect(stateOf(transaction, name)).toMatchObject({
        Resource: stateOf(serviceRequest, name).Resource,
        Arguments: stateOf(serviceRequest, name).Arguments,
      });
  });
});

describe('the lint', () => {
  const machine = (States: Record<string, Partial<State>>): Definition => ({
    Comment: '',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: 60,
    StartAt: Object.keys(States)[0] ?? '',
    States: Object.fromEntries(
      Object.entries(States).map(([name, state]) => [name, { Type: 'Pass', ...state }]),
    ),
  });

  it('sees a variable that one of two paths does not set', () => {
    const definition = machine({
      First: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Setting' }], Default: 'Using' },
      Setting: { Assign: { hours: 2 }, Next: 'Using' },
      Using: { Arguments: '{% $hours + $sum([1]) %}', End: true },
    });
    expect(lint(definition)).toEqual(['Using uses $hours, which is not set on every path to it']);
  });

  it('does not count what a failed state would have set', () => {
    const definition = machine({
      First: { Assign: { hours: 2 }, Next: 'Using', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Using' }] },
      Using: { Arguments: '{% $hours %}', End: true },
    });
    expect(lint(definition)).toHaveLength(1);
  });

  it('sees a States.ALL that is not alone or not last, a task without timeout and a state nobody reaches', () => {
    const definition = machine({
      First: {
        Type: 'Task',
        Retry: [],
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'Last' },
          { ErrorEquals: ['States.ALL', 'Other'], Next: 'Last' },
        ],
      },
      Last: { End: true },
      Alone: { End: true },
    });
    expect(lint(definition)).toEqual([
      'Alone is never reached',
      'First has a handler behind States.ALL',
      'First names States.ALL together with others',
      'First has no TimeoutSeconds',
    ]);
  });

  const map = (variable: string, inner: Partial<State>) =>
    machine({
      First: { Assign: { hours: 2 }, Next: 'Each' },
      Each: {
        Type: 'Map',
        ItemProcessor: machine({
          Inner: { Next: 'Last', ...inner },
          Last: { Arguments: variable, End: true },
        }),
        End: true,
      },
    });

  it('looks into a Map, whose states see the variables around it and those they set themselves', () => {
    expect(lint(map('{% $hours + $own %}', { Assign: { own: 1 } }))).toEqual([]);
    expect(lint(map('{% $own %}', {}))).toEqual(['Last uses $own, which is not set on every path to it']);
    expect(lint(map('', { Type: 'Task' }))).toEqual(['Inner has no TimeoutSeconds', 'Inner has no Retry']);
    expect(lint(map('', { Next: 'Nowhere' }))).toEqual(['Nowhere does not exist', 'Last is never reached']);
  });

  it('sees a variable that a Map sets again', () => {
    expect(lint(map('', { Assign: { hours: 3 } }))).toEqual([
      'Inner sets $hours, which a scope around it sets',
    ]);
  });

  it('does not see the variables of a branch behind its Parallel', () => {
    const definition = machine({
      First: {
        Type: 'Parallel',
        Branches: [machine({ Inner: { Assign: { own: 1 }, End: true } })],
        Next: 'Using',
      },
      Using: { Arguments: '{% $own %}', End: true },
    });
    expect(lint(definition)).toEqual(['Using uses $own, which is not set on every path to it']);
  });
});
