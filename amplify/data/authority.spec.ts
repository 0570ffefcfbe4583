import {
  getNamedType,
  isEnumType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  NOW,
  PROVIDER_ID,
  REQUESTER_ID,
  REQUEST_ID,
  STRANGER_ID,
  sampleEscrow,
  sampleRequest,
} from '../../domain/samples.ts';
import { startScratchApi, type Asker, type ScratchApi } from '../../dev/scratch-api.ts';

const REQUESTER: Asker = { sub: REQUESTER_ID };
const STRANGER: Asker = { sub: STRANGER_ID };
const ADMIN: Asker = { sub: 'admin-1', groups: ['admin'] };

const STAMPS = { createdAt: NOW, updatedAt: NOW };
const PARTIES = { requestId: REQUEST_ID, requesterId: REQUESTER_ID, providerId: PROVIDER_ID };
const ESCROW_ID = sampleEscrow().id;

/** One row of every model, all about one request between two members. */
const ROWS: readonly (readonly [model: string, row: Readonly<Record<string, unknown>>])[] = [
  ['User', { id: REQUESTER_ID, displayName: 'Rita', ...STAMPS }],
  ['User', { id: PROVIDER_ID, displayName: 'Paul', notificationsSeenAt: NOW, ...STAMPS }],
  [
    'Service',
    {
      id: 'offer-1',
      providerId: PROVIDER_ID,
      title: 'Guitar lessons',
      description: '',
      category: 'LESSONS',
      rate: 1,
      place: 'ONLINE',
      active: true,
      ...STAMPS,
    },
  ],
  ['ServiceRequest', { ...sampleRequest({ escrowId: ESCROW_ID }) }],
  ['Escrow', { ...sampleEscrow(), ...STAMPS }],
  ...[REQUESTER_ID, PROVIDER_ID].flatMap((userId): [string, Record<string, unknown>][] => [
    [
      'UserBalance',
      { userId, totalBalance: 10, availableBalance: 8, escrowedBalance: 2, version: 1, ...STAMPS },
    ],
    [
      'TransactionLog',
      {
        id: `hold#${userId}`,
        transactionId: 'hold',
        userId,
        transactionType: 'ESCROW',
        amount: -2,
        heldDelta: 2,
        balanceBefore: 10,
        balanceAfter: 8,
        ...STAMPS,
      },
    ],
    [
      'Notification',
      { id: `n#${userId}`, userId, kind: 'REQUEST_RECEIVED', requestId: REQUEST_ID, ...STAMPS },
    ],
    [
      'MemberStats',
      {
        userId,
        requestsPaid: 0,
        servicesDelivered: 0,
        hoursGiven: 0,
        hoursReceived: 0,
        ratingSum: 0,
        ratingCount: 0,
        ...STAMPS,
      },
    ],
  ]),
  [
    'RequestStep',
    {
      id: `${REQUEST_ID}#1`,
      ...PARTIES,
      revision: 1,
      status: 'INITIATED',
      event: 'SUBMIT',
      actor: REQUESTER_ID,
      actorRole: 'REQUESTER',
      at: NOW,
      ...STAMPS,
    },
  ],
  [
    'Dispute',
    {
      id: 'dispute-1',
      ...PARTIES,
      serviceTitle: 'Guitar lessons',
      escrowId: ESCROW_ID,
      openedBy: REQUESTER_ID,
      openedByRole: 'REQUESTER',
      amount: 2,
      proposals: 0,
      reason: 'LATE',
      statement: '-',
      status: 'OPEN',
      statusBefore: 'IN_PROGRESS',
      ...STAMPS,
    },
  ],
  [
    'Evidence',
    {
      id: 'evidence-1',
      ...PARTIES,
      disputeId: 'dispute-1',
      authorId: REQUESTER_ID,
      authorRole: 'REQUESTER',
      kind: 'STATEMENT',
      text: 'Nobody came.',
      ...STAMPS,
    },
  ],
  ['Message', { id: 'message-1', ...PARTIES, authorId: PROVIDER_ID, text: 'Hello', ...STAMPS }],
  [
    'Review',
    {
      id: 'review-1',
      requestId: REQUEST_ID,
      serviceId: 'offer-1',
      authorId: REQUESTER_ID,
      authorRole: 'REQUESTER',
      subjectId: PROVIDER_ID,
      rating: 5,
      ...STAMPS,
    },
  ],
  [
    'ServiceStats',
    { serviceId: 'offer-1', timesPaid: 1, hoursPaid: 2, ratingSum: 5, ratingCount: 1, ...STAMPS },
  ],
  [
    'ReconciliationReport',
    {
      id: 'report-1',
      kind: 'BALANCES',
      status: 'MISMATCHED',
      startedAt: NOW,
      finishedAt: NOW,
      accountsChecked: 2,
      mismatches: 1,
      requestedBy: 'admin-1',
      findings: [{ accountId: PROVIDER_ID, words: ['It disagrees'], locked: true }],
      stepFunctionExecutionArn: 'arn:execution',
      ...STAMPS,
    },
  ],
  [
    'AdminAction',
    {
      id: 'action-1',
      kind: 'LOCK',
      adminId: 'admin-1',
      userId: PROVIDER_ID,
      reason: 'A look',
      status: 'DONE',
      ...STAMPS,
    },
  ],
];

/** What any member may see of others: who they are, what they offer, what they are worth; and that the books balance. */
const PUBLIC = ['MemberStats', 'ReconciliationReport', 'Review', 'Service', 'ServiceStats', 'User'];

let api: ScratchApi;

beforeAll(async () => {
  api = await startScratchApi();
  for (const [model, row] of ROWS) await api.put(model, row);
});
afterAll(() => api.stop());

const fieldsOf = (type: GraphQLNamedType | null | undefined): readonly GraphQLField<unknown, unknown>[] =>
  isObjectType(type) ? Object.values(type.getFields()) : [];

/** Everything of a type, nested fields too, so many objects deep. */
function everything(type: GraphQLNamedType, depth: number): string {
  const fields = fieldsOf(type).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) return [field.name];
    return depth > 0 ? [`${field.name} { ${everything(inner, depth - 1)} }`] : [];
  });
  return ['__typename', ...fields].join(' ');
}

/** The model that a query is about, directly or through a connection. */
const modelOf = (type: GraphQLNamedType) => type.name.replace(/^Model(\w+)Connection$/, '$1');

/** Queries that functions serve, which have tests of their own. */
const BY_FUNCTIONS = ['getWorkflowStatus', 'getMyReview', 'getEvidenceUrl'];

/** Every query over models, with every key that leads to a row. */
function everyQuery(): readonly string[] {
  return fieldsOf(api.schema.getQueryType()).flatMap((field) => {
    if (BY_FUNCTIONS.includes(field.name)) return [];
    const type = getNamedType(field.type);
    const selection = `{ ${everything(type, 3)} }`;
    const key = field.args.find((argument) => isNonNullType(argument.type));
    if (!key) return [`{ ${field.name} ${selection} }`];
    const keys = ROWS.filter(([model]) => model === modelOf(type)).map(([, row]) => String(row[key.name]));
    const quoted = isEnumType(getNamedType(key.type)) ? keys : keys.map((value) => JSON.stringify(value));
    return [...new Set(quoted)].map((value) => `{ ${field.name}(${key.name}: ${value}) ${selection} }`);
  });
}

type Found = Readonly<Record<string, unknown>> & { readonly __typename: string };

/** Every object anywhere in an answer. */
function objectsIn(value: unknown): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return '__typename' in value ? [value as Found, ...inner] : inner;
}

/** All rows that somebody gets to see by any query, at any depth. */
async function seenBy(asker: Asker): Promise<readonly Found[]> {
  const seen: Found[] = [];
  for (const query of everyQuery()) {
    const { data, errors = [] } = await api.ask(asker, query);
    expect(errors.filter(({ errorType }) => errorType !== 'Unauthorized')).toEqual([]); // the query itself is right
    seen.push(...objectsIn(data));
  }
  return seen.filter(({ __typename: type }) => !type.endsWith('Connection'));
}

const typesOf = (rows: readonly Found[]) => [...new Set(rows.map(({ __typename: type }) => type))].sort();

describe('what members can read', () => {
  it('is, for a stranger, only what is public: no nested field leads further', async () => {
    expect(typesOf(await seenBy(STRANGER))).toEqual(PUBLIC);
  });

  it('is, for a party, their own side: no balance, entry or notification of the other', async () => {
    const seen = await seenBy(REQUESTER);
    expect(typesOf(seen)).toEqual(
      [
        ...PUBLIC,
        'Dispute',
        'Escrow',
        'Evidence',
        'Message',
        'Notification',
        'RequestStep',
        'ServiceRequest',
        'TransactionLog',
        'UserBalance',
      ].sort(),
    );
    const personal = seen.filter(({ __typename: type }) =>
      ['UserBalance', 'TransactionLog', 'Notification'].includes(type),
    );
    expect([...new Set(personal.map(({ userId }) => userId))]).toEqual([REQUESTER_ID]);
  });

  it('does not tell anybody when another member last looked', async () => {
    const seenAt = async (asker: Asker) =>
      (await seenBy(asker)).filter(({ notificationsSeenAt }) => typeof notificationsSeenAt === 'string')
        .length;
    expect(await seenAt(STRANGER)).toBe(0);
    expect(await seenAt({ sub: PROVIDER_ID })).toBeGreaterThan(0);
  });

  it('is, for an admin, everything but what members are told', async () => {
    expect(typesOf(await seenBy(ADMIN))).toEqual(
      [...new Set(ROWS.map(([model]) => model))].filter((model) => model !== 'Notification').sort(),
    );
  });
});

describe('what members can write', () => {
  const PROVIDER: Asker = { sub: PROVIDER_ID };
  const offer = {
    title: 'Bread',
    description: 'Sourdough',
    category: 'COOKING',
    rate: 1,
    place: 'IN_PERSON',
    active: true,
  };
  const createService =
    'mutation ($input: CreateServiceInput!) { createService(input: $input) { id providerId } }';
  const updateService =
    'mutation ($input: UpdateServiceInput!) { updateService(input: $input) { id title active } }';
  const updateUser = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { id displayName } }';
  const refused = { errors: [{ errorType: 'Unauthorized' }] };

  it('is an offer in their own name, whoever they say they are', async () => {
    expect(await api.ask(STRANGER, createService, { input: offer })).toMatchObject({
      data: { createService: { providerId: STRANGER_ID } },
    });
    expect(
      await api.ask(STRANGER, createService, { input: { ...offer, providerId: PROVIDER_ID } }),
    ).toMatchObject(refused);
  });

  it('is no id of their own choice', async () => {
    expect(await api.ask(STRANGER, createService, { input: { ...offer, id: 'offer-1' } })).toMatchObject(
      refused,
    );
  });

  it('is their own offer, and not that of others', async () => {
    const input = { id: 'offer-1', title: 'Lute lessons' };
    expect(await api.ask(STRANGER, updateService, { input })).toMatchObject(refused);
    expect(await api.ask(PROVIDER, updateService, { input })).toMatchObject({
      data: { updateService: { title: 'Lute lessons' } },
    });
  });

  it('is no gift of an offer to somebody else', async () => {
    const input = { id: 'offer-1', providerId: STRANGER_ID };
    expect(await api.ask(PROVIDER, updateService, { input })).toMatchObject(refused);
  });

  it.each([
    ['a rate of nothing', { rate: 0 }],
    ['a rate beyond the highest', { rate: 10.25 }],
    ['a title of one letter', { title: 'B' }],
  ])('is no offer with %s', async (_, wrong) => {
    const { errors } = await api.ask(STRANGER, createService, { input: { ...offer, ...wrong } });
    expect(errors).toHaveLength(1);
  });

  it('is their own profile, and not that of others', async () => {
    expect(
      await api.ask(STRANGER, updateUser, { input: { id: PROVIDER_ID, displayName: 'Mallory' } }),
    ).toMatchObject(refused);
    expect(
      await api.ask(PROVIDER, updateUser, { input: { id: PROVIDER_ID, displayName: 'Paula' } }),
    ).toMatchObject({
      data: { updateUser: { displayName: 'Paula' } },
    });
  });

  it.each([STRANGER, PROVIDER, ADMIN])('is no hint, not even for an admin', async (asker) => {
    const publish = `mutation { publishRequestProgress(userId: "${REQUESTER_ID}", kind: REQUEST, at: "${NOW}") { at } }`;
    expect(await api.ask(asker, publish)).toMatchObject(refused);
  });
});

describe('a command', () => {
  const confirm = `mutation { confirmServiceCompletion(requestId: "${REQUEST_ID}") { id status now } }`;

  it('is handed to its function with the caller as the token has it', async () => {
    const handed: unknown[] = [];
    api.answer = (payload) => {
      handed.push(payload);
      return { value: { id: REQUEST_ID, status: 'COMPLETED', now: NOW } };
    };
    expect(await api.ask(REQUESTER, confirm)).toEqual({
      data: { confirmServiceCompletion: { id: REQUEST_ID, status: 'COMPLETED', now: NOW } },
    });
    expect(handed).toEqual([
      {
        field: 'confirmServiceCompletion',
        arguments: { requestId: REQUEST_ID },
        identity: { sub: REQUESTER_ID, username: REQUESTER_ID, groups: null },
      },
    ]);
  });

  it('that is refused arrives as an error with a stable code', async () => {
    api.answer = () => ({ refusal: { code: 'NOT_YOUR_TURN', message: 'It is not your turn.' } });
    expect(await api.ask(REQUESTER, confirm)).toMatchObject({
      data: { confirmServiceCompletion: null },
      errors: [{ errorType: 'NOT_YOUR_TURN', message: 'It is not your turn.' }],
    });
  });
});

describe('the report of a check of the books', () => {
  const FOR_ALL = 'id kind status startedAt finishedAt accountsChecked mismatches';
  const get = (fields: string) => `{ getReconciliationReport(id: "report-1") { ${fields} } }`;

  it.each([
    ['by its id', get(FOR_ALL), 'getReconciliationReport'],
    [
      'as the latest',
      `{ reconciliationReportsByKind(kind: "BALANCES", sortDirection: DESC, limit: 1) { items { ${FOR_ALL} } } }`,
      'reconciliationReportsByKind',
    ],
  ])(
    'tells any member whether the books balance, and when they were checked: %s',
    async (_how, query, field) => {
      const { data, errors } = await api.ask(STRANGER, query);
      expect(errors ?? []).toEqual([]);
      expect(JSON.stringify(data?.[field])).toContain(
        '"status":"MISMATCHED","startedAt":"2026-11-24T10:00:00.000Z"',
      );
    },
  );

  it.each(['findings', 'requestedBy', 'stepFunctionExecutionArn'])(
    'tells %s to admins only',
    async (field) => {
      const toMember = await api.ask(STRANGER, get(`id ${field}`));
      expect(toMember.errors).toEqual([expect.objectContaining({ errorType: 'Unauthorized' })]);
      expect(JSON.stringify(toMember.data)).not.toMatch(/disagrees|admin-1|arn:/);

      const { data, errors } = await api.ask(ADMIN, get(`id ${field}`));
      expect(errors ?? []).toEqual([]);
      expect(JSON.stringify(data)).toMatch(/disagrees|admin-1|arn:/);
    },
  );
});

describe('what an admin did to an account', () => {
  it.each([
    '{ getAdminAction(id: "action-1") { id reason } }',
    '{ adminActionsByKind(kind: LOCK) { items { id reason } } }',
    `{ adminActionsByUser(userId: "${PROVIDER_ID}") { items { id reason } } }`,
  ])('is told to admins, and not even to the member: %s', async (query) => {
    const toMember = await api.ask({ sub: PROVIDER_ID }, query);
    expect(JSON.stringify(toMember.data ?? {})).not.toContain('A look');
    expect(JSON.stringify((await api.ask(ADMIN, query)).data)).toContain('A look');
  });
});
