import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { MovableClock } from '../clock/clock.ts';
import { CredentialRegistry } from '../gateway/credential-registry.ts';
import { Gateway } from '../gateway/gateway.ts';
import { ServiceRegistry } from '../gateway/service-registry.ts';
import { createAuthorizer } from '../iam/authorizer.ts';
import { parsePolicy } from '../iam/policy-document.ts';
import type { Bucket } from './bucket.ts';
import { createS3 } from './s3.ts';
import { S3Endpoint } from './s3-endpoint.ts';

export const BUCKET = 'evidence-1';
export const OTHER_BUCKET = 'letters-1';
/** May do what Amplify grants with read, write and delete on `evidence/*`. */
export const WORKER = 'arn:aws:iam::000000000000:role/worker';
export const PAGE = 'http://localhost:4200';

const BUCKETS: Bucket[] = [
  {
    name: BUCKET,
    corsRules: [
      {
        AllowedOrigins: ['*'],
        AllowedMethods: ['GET', 'HEAD', 'PUT'],
        AllowedHeaders: ['*'],
        ExposedHeaders: ['ETag'],
        MaxAge: 3000,
      },
    ],
  },
  {
    name: OTHER_BUCKET,
    corsRules: [
      {
        AllowedOrigins: ['http://localhost:*'],
        AllowedMethods: ['GET'],
        AllowedHeaders: ['x-amz-*'],
      },
    ],
  },
  { name: 'no-cors', corsRules: [] },
];

const allow = (Action: string, Resource: string, more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

const IAM = {
  resourcePolicies: [],
  roles: [
    {
      arn: WORKER,
      name: 'worker',
      policies: [
        {
          name: 'storage',
          statements: parsePolicy({
            Version: '2012-10-17',
            Statement: [
              allow('s3:GetObject', `arn:aws:s3:::${BUCKET}/evidence/*`),
              allow('s3:PutObject', `arn:aws:s3:::${BUCKET}/evidence/*`),
              allow('s3:DeleteObject', `arn:aws:s3:::${BUCKET}/evidence/*`),
              allow('s3:ListBucket', `arn:aws:s3:::${BUCKET}`, {
                Condition: { StringLike: { 's3:prefix': ['evidence/*', 'evidence/'] } },
              }),
            ],
          }),
        },
      ],
    },
  ],
};

/** S3 in memory behind a gateway, as the SDK and a browser meet it. */
export async function startS3() {
  const log: string[] = [];
  const clock = new MovableClock();
  const credentials = new CredentialRegistry();
  const authorizer = createAuthorizer(IAM, () => clock.now());
  const registry = new ServiceRegistry(authorizer);
  const s3 = createS3({ buckets: BUCKETS, authorizer, clock, storage: 'memory' });
  registry.add(s3.service);
  const gateway = await Gateway.listen(0, (line) => log.push(line));
  const endpoint = `http://127.0.0.1:${gateway.port}`;
  gateway.serve({
    registry,
    credentials,
    graphql: {
      handleGraphql: () => Promise.resolve({ statusCode: 200, body: 'graphql' }),
      handleSocket: () => undefined,
    },
    s3: new S3Endpoint({
      buckets: BUCKETS,
      aws: registry,
      credentials,
      clock,
      log: (line) => log.push(line),
    }),
    jwks: () => ({ keys: [] }),
    local: { clock, mails: () => [], iamReport: () => ({}), services: () => ['s3'] },
  });
  const clients: S3Client[] = [];
  const client = (config: S3ClientConfig = {}) => {
    const made = new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'developer', secretAccessKey: 'any' },
      maxAttempts: 1,
      ...config,
    });
    clients.push(made);
    return made;
  };
  return {
    endpoint,
    clock,
    credentials,
    log,
    client,
    workerClient: (config: S3ClientConfig = {}) =>
      client({ credentials: credentials.issue(WORKER), ...config }),
    close: async () => {
      for (const made of clients) made.destroy();
      await gateway.close();
      s3.close();
    },
  };
}

export type S3Fixture = Awaited<ReturnType<typeof startS3>>;
