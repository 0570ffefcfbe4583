import { describe, expect, it } from 'vitest';
import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { bucketsFromAssembly, isBucketName } from './from-assembly.ts';

const rule = { AllowedOrigins: ['*'], AllowedMethods: ['GET'] };

function assemblyWith(ref: string, properties: AssemblyResource['properties'] = {}): Assembly {
  const bucket = { stack: 'root', logicalId: 'Evidence', type: 'AWS::S3::Bucket', ref, properties };
  return {
    directory: '/cdk.out',
    stackName: 'root',
    resources: [bucket],
    ofType: (type) => (type === bucket.type ? [bucket] : []),
    assetPath: (reference) => reference,
    outputs: {},
    rootMetadata: {},
  };
}

describe('a bucket of the backend', () => {
  it('has its name and its cross-origin rules', () => {
    expect(
      bucketsFromAssembly(assemblyWith('evidence', { CorsConfiguration: { CorsRules: [rule] } })),
    ).toEqual([{ name: 'evidence', corsRules: [rule] }]);
    expect(bucketsFromAssembly(assemblyWith('evidence'))).toEqual([{ name: 'evidence', corsRules: [] }]);
  });

  it('does not take a path of the gateway, nor a name that is none', () => {
    expect(() => bucketsFromAssembly(assemblyWith('graphql'))).toThrow('graphql is the beginning of another');
    expect(() => bucketsFromAssembly(assemblyWith('Evidence'))).toThrow('Evidence is no name for a bucket');
  });
});

describe('the name of a bucket', () => {
  it.each([
    ['abc', true],
    ['a-b.c1', true],
    ['a'.repeat(63), true],
    ['a'.repeat(64), false],
    ['ab', false],
    ['Abc', false],
    ['a_c', false],
    ['a..c', false],
    ['-ab', false],
    ['ab-', false],
    ['127.0.0.1', false],
  ])('may be %s: %s', (name, is) => {
    expect(isBucketName(name)).toBe(is);
  });
});
