import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_ROOT, type Caller, type Permission } from '../gateway/aws-service.ts';
import { createAuthorizer } from './authorizer.ts';
import type { IamConfig, ResourcePolicy } from './iam-config.ts';
import { parsePolicy } from './policy-document.ts';

const ROLE: Caller = { arn: 'arn:aws:iam::000000000000:role/create-escrow' };
const ESCROW = 'arn:aws:dynamodb:us-east-1:000000000000:table/Escrow';
const LOG = 'arn:aws:dynamodb:us-east-1:000000000000:table/TransactionLog';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:post-confirmation';
const POOL = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_local0001';

type Json = Readonly<Record<string, unknown>>;

const policyOf = (name: string, ...statements: Json[]) => ({
  name,
  statements: parsePolicy({ Version: '2012-10-17', Statement: statements }),
});
const onResource = (resource: string, ...statements: Json[]): ResourcePolicy => ({
  resource,
  ...policyOf('resource policy', ...statements),
});
const allow = (Action: unknown, Resource: unknown, more: Json = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown, more: Json = {}): Json => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

function configOf(statements: readonly Json[], resourcePolicies: readonly ResourcePolicy[] = []): IamConfig {
  return {
    roles: [{ arn: ROLE.arn, name: 'create-escrow', policies: [policyOf('inline', ...statements)] }],
    resourcePolicies,
  };
}

function isAllowed(config: IamConfig, permission: Permission, caller: Caller = ROLE): boolean {
  try {
    createAuthorizer(config).authorize(caller, [permission]);
    return true;
  } catch {
    return false;
  }
}

const put = (resource: string): Permission => ({ action: 'dynamodb:PutItem', resource });

describe('a role', () => {
  it('may do what a policy allows and nothing else, and is told so in the words of AWS', () => {
    const authorizer = createAuthorizer(configOf([allow('dynamodb:PutItem', ESCROW)]));
    expect(() => {
      authorizer.authorize(ROLE, [put(ESCROW)]);
    }).not.toThrow();
    expect(() => {
      authorizer.authorize(ROLE, [put(ESCROW), put(LOG)]);
    }).toThrow(
      expect.objectContaining({
        code: 'AccessDeniedException',
        message:
          'User: arn:aws:sts::000000000000:assumed-role/create-escrow/local is not authorized to perform: ' +
          `dynamodb:PutItem on resource: ${LOG} because no identity-based policy allows the dynamodb:PutItem action`,
      }),
    );
  });

  it('that nobody defined may do nothing', () => {
    expect(isAllowed(configOf([allow('*', '*')]), put(ESCROW), { arn: `${ROLE.arn}-2` })).toBe(false);
  });

  it('is stopped by an explicit deny, whatever else allows', () => {
    const config = configOf([allow('dynamodb:*', '*'), deny('dynamodb:Put*', LOG)]);
    expect(isAllowed(config, put(ESCROW))).toBe(true);
    expect(isAllowed(config, put(LOG))).toBe(false);
    expect(() => {
      createAuthorizer(config).authorize(ROLE, [put(LOG)]);
    }).toThrow('with an explicit deny in an identity-based policy');
  });

  it('NotAction and NotResource speak of everything else', () => {
    const config = configOf([
      { Effect: 'Allow', NotAction: 'dynamodb:Delete*', Resource: ESCROW },
      { Effect: 'Deny', Action: 'dynamodb:*', NotResource: [ESCROW, `${ESCROW}/*`] },
      allow('dynamodb:*', '*'),
    ]);
    expect(isAllowed(config, put(ESCROW))).toBe(true);
    expect(isAllowed(config, put(LOG))).toBe(false);
    expect(
      isAllowed(configOf([{ Effect: 'Allow', NotAction: 'dynamodb:Put*', Resource: '*' }]), put(LOG)),
    ).toBe(false);
  });

  it('needs every permission of a call', () => {
    const authorizer = createAuthorizer(configOf([allow('dynamodb:PutItem', ESCROW)]));
    expect(() => {
      authorizer.authorize(ROLE, [put(ESCROW), { action: 'dynamodb:UpdateItem', resource: ESCROW }]);
    }).toThrow('dynamodb:UpdateItem');
  });

  it('an action without a resource needs the resource *', () => {
    const list: Permission = { action: 'dynamodb:ListTables', resource: '*' };
    expect(isAllowed(configOf([allow('dynamodb:ListTables', '*')]), list)).toBe(true);
    expect(isAllowed(configOf([allow('dynamodb:ListTables', 'arn:aws:dynamodb:*')]), list)).toBe(false);
  });

  it('conditions and policy variables see the caller and the embedded time', () => {
    const config = configOf([
      allow('dynamodb:PutItem', ESCROW, {
        Condition: {
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/create-*' },
          DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
        },
      }),
    ]);
    const at = (date: string) => createAuthorizer(config, () => Date.parse(date));
    expect(() => {
      at('2029-12-31T00:00:00Z').authorize(ROLE, [put(ESCROW)]);
    }).not.toThrow();
    expect(() => {
      at('2030-01-02T00:00:00Z').authorize(ROLE, [put(ESCROW)]);
    }).toThrow('not authorized');
  });

  it('stays within its permissions boundary', () => {
    const [role] = configOf([allow('dynamodb:*', '*')]).roles;
    if (!role) throw new Error('There is one role');
    const boundary = policyOf('boundary', allow('dynamodb:PutItem', ESCROW), deny('*', `${ESCROW}2`));
    const config = { roles: [{ ...role, boundary }], resourcePolicies: [] };
    expect(isAllowed(config, put(ESCROW))).toBe(true);
    expect(() => {
      createAuthorizer(config).authorize(ROLE, [put(LOG)]);
    }).toThrow('because no permissions boundary allows the dynamodb:PutItem action');
    expect(isAllowed(config, put(`${ESCROW}2`))).toBe(false);
  });

  it('is allowed by a resource that names it, not by one that names the account', () => {
    const invoke: Permission = { action: 'lambda:InvokeFunction', resource: FUNCTION };
    const named = (AWS: string) =>
      configOf([], [onResource(FUNCTION, allow('lambda:InvokeFunction', FUNCTION, { Principal: { AWS } }))]);
    expect(isAllowed(named(ROLE.arn), invoke)).toBe(true);
    expect(isAllowed(named('*'), invoke)).toBe(true);
    expect(isAllowed(named('arn:aws:iam::000000000000:root'), invoke)).toBe(false);
    expect(isAllowed(named(`${ROLE.arn}-2`), invoke)).toBe(false);
  });
});

describe('a resource', () => {
  it('that denies a role stops it, whatever its own policies allow', () => {
    const ban = onResource(ESCROW, deny('dynamodb:PutItem', ESCROW, { Principal: { AWS: ROLE.arn } }));
    const config = configOf([allow('*', '*')], [ban]);
    expect(() => {
      createAuthorizer(config).authorize(ROLE, [put(ESCROW)]);
    }).toThrow('with an explicit deny in a resource-based policy');
    expect(isAllowed(config, { action: 'dynamodb:GetItem', resource: ESCROW })).toBe(true);
  });
});

describe('an AWS service', () => {
  const invoke: Permission = { action: 'lambda:InvokeFunction', resource: FUNCTION };
  const config = configOf(
    [],
    [
      onResource(
        FUNCTION,
        allow('lambda:InvokeFunction', FUNCTION, {
          Principal: { Service: 'cognito-idp.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': POOL } },
        }),
      ),
    ],
  );
  const cognito: Caller = { arn: 'cognito-idp.amazonaws.com', sourceArn: POOL };

  it('may do what the resource allows to it, for the source that is named', () => {
    expect(isAllowed(config, invoke, cognito)).toBe(true);
    expect(isAllowed(config, { ...invoke, resource: `${FUNCTION}:live` }, cognito)).toBe(false);
    expect(isAllowed(config, invoke, { ...cognito, sourceArn: `${POOL}2` })).toBe(false);
    expect(isAllowed(config, invoke, { arn: cognito.arn })).toBe(false);
    expect(isAllowed(config, invoke, { ...cognito, arn: 'events.amazonaws.com' })).toBe(false);
    expect(() => {
      createAuthorizer(config).authorize({ ...cognito, arn: 'events.amazonaws.com' }, [invoke]);
    }).toThrow('User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction');
  });

  it('may take on a role whose trust policy names it', () => {
    const trust = onResource(ROLE.arn, {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'lambda.amazonaws.com' },
    });
    const assume: Permission = { action: 'sts:AssumeRole', resource: ROLE.arn };
    expect(isAllowed(configOf([], [trust]), assume, { arn: 'lambda.amazonaws.com' })).toBe(true);
    expect(isAllowed(configOf([], [trust]), assume, { arn: 'states.amazonaws.com' })).toBe(false);
  });

  it('a queue that wants encryption takes every call of the embedded AWS for encrypted', () => {
    const queue = 'arn:aws:sqs:us-east-1:000000000000:dead-letters';
    const policy = onResource(
      queue,
      deny('sqs:*', queue, {
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      allow('sqs:SendMessage', queue, { Principal: { Service: 'events.amazonaws.com' } }),
    );
    const send: Permission = { action: 'sqs:SendMessage', resource: queue };
    expect(isAllowed(configOf([], [policy]), send, { arn: 'events.amazonaws.com' })).toBe(true);
  });
});

describe('the developer', () => {
  it('may do everything', () => {
    expect(isAllowed(configOf([deny('*', '*')]), put(ESCROW), ACCOUNT_ROOT)).toBe(true);
  });
});

describe('any set of statements', () => {
  const patterns = fc.constantFrom('*', ESCROW, LOG, `${ESCROW}*`, 'arn:aws:dynamodb:*:*:table/*');
  const actions = fc.constantFrom('*', 'dynamodb:*', 'dynamodb:PutItem', 'dynamodb:Get*', 'states:*');
  const statement = fc
    .record({ Effect: fc.constantFrom('Allow', 'Deny'), Action: actions, Resource: patterns })
    .map((fields): Json => fields);
  const statements = fc.array(statement, { maxLength: 6 });
  const permission = fc.record({
    action: fc.constantFrom('dynamodb:PutItem', 'dynamodb:GetItem', 'states:StartExecution'),
    resource: fc.constantFrom(ESCROW, LOG, '*'),
  });

  it('allows what one of them allows and none denies, in whatever order', () => {
    const applies = (one: Json, asked: Permission) =>
      isAllowed(configOf([{ ...one, Effect: 'Allow' }]), asked);
    fc.assert(
      fc.property(statements, permission, (given, asked) => {
        const applying = given.filter((one) => applies(one, asked));
        const expected =
          applying.some(({ Effect }) => Effect === 'Allow') &&
          !applying.some(({ Effect }) => Effect === 'Deny');
        expect(isAllowed(configOf(given), asked)).toBe(expected);
        expect(isAllowed(configOf(given.toReversed()), asked)).toBe(expected);
      }),
    );
  });

  it('a further allow never takes anything away, a further deny never gives', () => {
    fc.assert(
      fc.property(statements, statement, permission, (given, more, asked) => {
        const before = isAllowed(configOf(given), asked);
        const after = isAllowed(configOf([...given, more]), asked);
        if (more['Effect'] === 'Allow') expect(before && !after).toBe(false);
        else expect(!before && after).toBe(false);
      }),
    );
  });
});

describe('the report', () => {
  it('counts what each caller was allowed and refused, and names what it never needed', () => {
    const authorizer = createAuthorizer(
      configOf([
        allow('dynamodb:PutItem', ESCROW),
        allow(['dynamodb:DeleteItem', 'dynamodb:Scan'], LOG),
        allow('logs:PutLogEvents', '*'),
      ]),
    );
    authorizer.authorize(ROLE, [put(ESCROW)]);
    authorizer.authorize(ROLE, [put(ESCROW)]);
    for (let times = 0; times < 3; times += 1)
      expect(() => {
        authorizer.authorize(ROLE, [put(LOG)]);
      }).toThrow('not authorized');
    authorizer.authorize(ACCOUNT_ROOT, [put(LOG)]);

    expect(authorizer.report()).toEqual({
      callers: {
        'create-escrow': {
          allowed: { 'dynamodb:PutItem': 2 },
          refused: [
            {
              action: 'dynamodb:PutItem',
              resource: LOG,
              reason: 'because no identity-based policy allows the dynamodb:PutItem action',
              count: 3,
            },
          ],
          unused: [{ policy: 'inline', actions: ['dynamodb:DeleteItem', 'dynamodb:Scan'], resources: [LOG] }],
        },
      },
    });
  });
});
