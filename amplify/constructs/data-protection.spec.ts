import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { backendIdentity } from './backend-identity.ts';
import { protectData } from './data-protection.ts';
import { HourBankEventBus } from './event-bus.ts';
import { SealedReviewTable } from './sealed-review-table.ts';
import { WaitTable } from './wait-table.ts';

function stackOf(name: string, type: 'branch' | 'sandbox'): Stack {
  const app = new App({ context: { 'amplify-backend-name': name, 'amplify-backend-type': type } });
  return new Stack(app, 'stack');
}

function tableDouble() {
  const done: unknown[] = [];
  return {
    done,
    set deletionProtectionEnabled(enabled: boolean) {
      done.push({ deletionProtection: enabled });
    },
    set pointInTimeRecoveryEnabled(enabled: boolean) {
      done.push({ pointInTimeRecovery: enabled });
    },
    applyRemovalPolicy(policy: unknown) {
      done.push({ removal: policy });
    },
  };
}

describe('a branch', () => {
  const stack = stackOf('main', 'branch');
  const identity = backendIdentity(stack);

  it('keeps the table of waits, and can turn it back', () => {
    new WaitTable(stack, 'Waits', identity);
    Template.fromStack(stack).hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expireAfter', Enabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    });
  });

  it('keeps the table of sealed reviews, and can turn it back', () => {
    const own = stackOf('main', 'branch');
    new SealedReviewTable(own, 'SealedReviews', identity);
    Template.fromStack(own).hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    });
  });

  it('keeps the tables of models and the user pool', () => {
    const table = tableDouble();
    const userPool = new CfnUserPool(stackOf('main', 'branch'), 'UserPool');
    protectData(identity, { Escrow: table }, userPool);
    expect(table.done).toEqual([
      { deletionProtection: true },
      { pointInTimeRecovery: true },
      { removal: 'retain' },
    ]);
    expect(userPool.deletionProtection).toBe('ACTIVE');
  });
});

describe('a sandbox', () => {
  it('is thrown away with its data', () => {
    const stack = stackOf('kim', 'sandbox');
    const identity = backendIdentity(stack);
    new WaitTable(stack, 'Waits', identity);
    new SealedReviewTable(stack, 'SealedReviews', identity);
    Template.fromStack(stack).allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });

    const table = tableDouble();
    protectData(identity, { Escrow: table }, new CfnUserPool(stackOf('kim', 'sandbox'), 'UserPool'));
    expect(table.done).toEqual([]);
  });

  it('has a bus of its own: names are unique in an account', () => {
    const stack = stackOf('kim', 'sandbox');
    new HourBankEventBus(stack, 'EventBus', backendIdentity(stack));
    Template.fromStack(stack).hasResourceProperties('AWS::Events::EventBus', {
      Name: 'hourbank-event-bus-kim',
    });
  });

  it.each([
    ['feature/wallet_2', 'feature-wallet-2'],
    ['x'.repeat(90), 'x'.repeat(40)],
  ])('or branch of any name makes names that AWS accepts: %s', (name, expected) => {
    expect(backendIdentity(stackOf(name, 'sandbox')).name).toBe(expected);
  });

  it('without a name is refused', () => {
    expect(() => backendIdentity(new Stack(new App(), 'stack'))).toThrow('names no backend');
  });
});
