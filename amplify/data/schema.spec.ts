import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesized } from '../../dev/synthesized.ts';
import type { AppSyncApi } from '../../local/appsync/appsync-api.ts';
import { appSyncApiFromAssembly } from '../../local/appsync/from-assembly.ts';
import { deliverySchema } from '../../local/appsync/schema/api-schema.ts';

let api: AppSyncApi;
let schema: GraphQLSchema;

beforeAll(async () => {
  api = appSyncApiFromAssembly(await synthesized());
  schema = deliverySchema(api);
});

const fieldsOf = (type: GraphQLNamedType | null | undefined): readonly GraphQLField<unknown, unknown>[] =>
  isObjectType(type) ? Object.values(type.getFields()) : [];
const namesOf = (type: GraphQLNamedType | null | undefined) => fieldsOf(type).map(({ name }) => name);

/** Fields of a type that lead to other objects. */
const relationsOf = (type: string) =>
  fieldsOf(schema.getType(type))
    .filter((field) => isObjectType(getNamedType(field.type)))
    .map(({ name }) => name);

/** All types that nested fields of a type lead to. */
function reachableFrom(type: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const field of fieldsOf(schema.getType(type))) {
    const inner = getNamedType(field.type);
    if (!isObjectType(inner) || seen.has(inner.name)) continue;
    seen.add(inner.name);
    reachableFrom(inner.name, seen);
  }
  return seen;
}

describe('the public API', () => {
  it('has the commands that have a handler, and the two models that members write', () => {
    expect(namesOf(schema.getMutationType()).sort()).toEqual([
      'addEvidence',
      'addStatement',
      'adjustBalance',
      'answerSettlement',
      'cancelServiceRequest',
      'confirmServiceCompletion',
      'createService',
      'ensureMember',
      'leaveReview',
      'markServiceDelivered',
      'openDispute',
      'postMessage',
      'proposeSettlement',
      'publishRequestProgress',
      'requestChanges',
      'requestEvidenceUpload',
      'resolveDispute',
      'respondToServiceRequest',
      'setAccountLock',
      'startReconciliation',
      'submitServiceRequest',
      'updateService',
      'updateUser',
    ]);
  });

  it('has one subscription, which takes no arguments: the server decides what a member hears', () => {
    const [subscription, ...others] = fieldsOf(schema.getSubscriptionType());
    expect(others).toEqual([]);
    expect(subscription).toMatchObject({ name: 'onRequestProgress', args: [] });
  });

  it('knows members by their user pool, and the backend by IAM: no API key', () => {
    expect(api.authModes).toEqual(['AMAZON_COGNITO_USER_POOLS', 'AWS_IAM']);
  });

  it.each([
    'ServiceRequest',
    'RequestStep',
    'Escrow',
    'UserBalance',
    'TransactionLog',
    'Dispute',
    'Notification',
    'AdminAction',
    'ReconciliationReport',
  ])('has no input type by which a client could write a %s', (model) => {
    const inputs = Object.keys(schema.getTypeMap()).filter((name) =>
      new RegExp(`^(Create|Update|Delete)${model}Input$`).test(name),
    );
    expect(inputs).toEqual([]);
  });
});

describe('relations', () => {
  it('lead nowhere from a member to balances or the log, by whatever way', () => {
    const reached = reachableFrom('User');
    expect([...reached]).toContain('ServiceRequest'); // the reverse field, which is closed
    expect([...reached]).not.toContain('UserBalance');
    expect([...reached]).not.toContain('TransactionLog');
  });

  it('lead to balances and the log from no type at all', () => {
    const holders = Object.keys(schema.getTypeMap()).filter(
      (type) =>
        type !== 'Query' &&
        !/^Model\w+Connection$/.test(type) &&
        relationsOf(type).some((field) => {
          const inner =
            isObjectType(schema.getType(type)) &&
            fieldsOf(schema.getType(type)).find(({ name }) => name === field);
          return inner && /UserBalance|TransactionLog/.test(getNamedType(inner.type).name);
        }),
    );
    expect(holders).toEqual([]);
  });

  it('of a request are its offer, its two members and its escrow', () => {
    expect(relationsOf('ServiceRequest')).toEqual(['service', 'requester', 'provider', 'escrow']);
  });

  it.each(['UserBalance', 'TransactionLog', 'RequestStep', 'Dispute', 'Notification', 'Message', 'Review'])(
    'of a %s there are none',
    (model) => {
      expect(relationsOf(model)).toEqual([]);
    },
  );
});

describe('indexes', () => {
  it.each([
    ['ServiceRequest', ['byServiceId', 'byRequesterId', 'byProviderId', 'byStatus', 'byEscrowId']],
    ['Escrow', ['byRequestId', 'byFromUserId', 'byToUserId', 'byStatus']],
    ['TransactionLog', ['byTransactionId', 'byUserId', 'byTransactionType']],
  ])('of %s are those that the design names', async (model, expected) => {
    const table = (await synthesized())
      .ofType('Custom::AmplifyDynamoDBTable')
      .find(({ ref }) => ref.startsWith(`${model}-`));
    const indexes = table?.properties['globalSecondaryIndexes'] as readonly { indexName: string }[];
    const ours = indexes.map(({ indexName }) => indexName).filter((name) => !name.startsWith('gsi-'));
    expect(ours).toEqual(expected);
  });
});
