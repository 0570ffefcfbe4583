import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './fingerprint.ts';
import { embeddedOutputs, type Outputs } from './outputs.ts';
import { CDK_OUT, ensureSynthesized } from './synth.ts';

beforeAll(ensureSynthesized);

const read = (directory: string) =>
  JSON.parse(readFileSync(join(directory, 'amplify_outputs.json'), 'utf8')) as Outputs;

describe('amplify_outputs.json', () => {
  it('is what synth gives: the same, however often it is made', async () => {
    const outputs = await embeddedOutputs(CDK_OUT);
    expect(read(CDK_OUT)).toEqual(outputs);
    expect(await embeddedOutputs(CDK_OUT)).toEqual(outputs);
  });

  it('in the project is that of the embedded AWS, unless a sandbox on AWS has written its own', () => {
    const project = read(ROOT);
    if (project.custom?.['embedded'] !== undefined) expect(project).toEqual(read(CDK_OUT));
    else expect(project.auth['user_pool_id']).not.toBe(read(CDK_OUT).auth['user_pool_id']);
  });

  it('sends the client to this machine only', () => {
    const outputs = read(CDK_OUT) as Outputs & { readonly data: { readonly url: string } };
    expect(outputs.data.url).toBe('http://localhost:4566/graphql');
    expect(outputs.custom).toEqual({ embedded: { userPoolEndpoint: 'http://localhost:4566/' } });
    expect(outputs.auth).not.toHaveProperty('identity_pool_id'); // the client would ask Cognito at AWS about it
    expect(JSON.stringify(outputs)).not.toContain('amazonaws');
  });
});
