import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AuthorizationType,
  Code as ResolverCode,
  Definition,
  FunctionRuntime,
  GraphqlApi,
} from 'aws-cdk-lib/aws-appsync';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule, RuleTargetInput, EventField } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

export const NOTES = 'Notes';
export const DIARY = 'Diary';
export const BUS = 'post';
export const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:two-notes';

/** Writes a note of the given id into the table of its environment; into `event.table` if that is given. */
const WRITE_NOTE = `export const handler = async ({ id, table }) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'x-amz-target': 'DynamoDB_20120810.PutItem',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/dynamodb/aws4_request',
    },
    body: JSON.stringify({
      TableName: table ?? process.env.TABLE,
      Item: { id: { S: id }, at: { S: new Date().toISOString() } },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  return { id };
};`;

/** Signs a URL to put a photo of five bytes and one to get it, and writes a letter itself. */
const SIGN_URLS = `import { GetObjectCommand, PutObjectCommand, S3Client } from '${import.meta.resolve('@aws-sdk/client-s3')}';
import { getSignedUrl } from '${import.meta.resolve('@aws-sdk/s3-request-presigner')}';
const client = new S3Client({});
export const handler = async ({ key }) => {
  const object = { Bucket: process.env.BUCKET, Key: key };
  await client.send(new PutObjectCommand({ ...object, Key: key + '.txt', Body: 'a letter' }));
  const put = new PutObjectCommand({ ...object, ContentType: 'image/png', ContentLength: 5 });
  return {
    put: await getSignedUrl(client, put, { expiresIn: 300, signableHeaders: new Set(['host', 'content-type', 'content-length']) }),
    get: await getSignedUrl(client, new GetObjectCommand(object), { expiresIn: 300 }),
  };
};`;

/** Two notes, an hour apart. */
const TWO_NOTES = {
  QueryLanguage: 'JSONata',
  StartAt: 'WriteFirst',
  States: {
    WriteFirst: write('-first', { Next: 'WaitAnHour' }),
    WaitAnHour: { Type: 'Wait', Seconds: 3600, Next: 'WriteSecond' },
    WriteSecond: write('-second', { End: true }),
  },
};

function write(suffix: string, then: Record<string, unknown>) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: '${WriteNoteArn}',
      Payload: { id: `{% $states.context.Execution.Name & '${suffix}' %}` },
    },
    Output: '{% $states.result.Payload %}',
    ...then,
  };
}

/** Synthesizes a small backend that has one of everything; returns its cdk.out directory. */
export function synthesizeBackend(): string {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-backend-'));
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false });
  const stack = new Stack(app, 'backend');

  const table = (name: string) =>
    new Table(stack, name, {
      tableName: name,
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
    });
  const notes = table(NOTES);
  table(DIARY);

  const code = mkdtempSync(join(directory, 'code-'));
  writeFileSync(join(code, 'index.mjs'), WRITE_NOTE);
  const writeNote = new Lambda(stack, 'WriteNote', {
    functionName: 'write-note',
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    timeout: Duration.seconds(10),
    environment: { TABLE: notes.tableName },
  });
  notes.grantWriteData(writeNote);

  const evidence = new Bucket(stack, 'Evidence', {
    enforceSSL: true,
    autoDeleteObjects: true,
    removalPolicy: RemovalPolicy.DESTROY,
    cors: [
      { allowedOrigins: ['*'], allowedMethods: [HttpMethods.GET, HttpMethods.PUT], allowedHeaders: ['*'] },
    ],
  });
  const signingCode = mkdtempSync(join(directory, 'code-'));
  writeFileSync(join(signingCode, 'index.mjs'), SIGN_URLS);
  const signUrls = new Lambda(stack, 'SignUrls', {
    functionName: 'sign-urls',
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromAsset(signingCode),
    timeout: Duration.seconds(30),
    environment: { BUCKET: evidence.bucketName },
  });
  evidence.grantReadWrite(signUrls, 'evidence/*');

  const machine = new StateMachine(stack, 'TwoNotes', {
    stateMachineName: 'two-notes',
    definitionBody: DefinitionBody.fromString(JSON.stringify(TWO_NOTES)),
    definitionSubstitutions: { WriteNoteArn: writeNote.functionArn },
  });
  writeNote.grantInvoke(machine);

  new Rule(stack, 'OnLetter', {
    eventBus: new EventBus(stack, 'Bus', { eventBusName: BUS }),
    eventPattern: { detailType: ['Letter'] },
    targets: [
      new LambdaFunction(writeNote, {
        event: RuleTargetInput.fromObject({ id: EventField.fromPath('$.detail.id') }),
      }),
    ],
  });

  const schema = join(directory, 'schema.graphql');
  writeFileSync(schema, 'type Query { greeting: String }');
  const userPool = new UserPool(stack, 'Members', {
    selfSignUpEnabled: true,
    signInAliases: { email: true },
  });
  userPool.addClient('App', { authFlows: { userPassword: true } });
  const api = new GraphqlApi(stack, 'Api', {
    name: 'api',
    definition: Definition.fromFile(schema),
    authorizationConfig: {
      defaultAuthorization: { authorizationType: AuthorizationType.USER_POOL, userPoolConfig: { userPool } },
    },
  });
  api.addNoneDataSource('None').createResolver('Greeting', {
    typeName: 'Query',
    fieldName: 'greeting',
    runtime: FunctionRuntime.JS_1_0_0,
    code: ResolverCode.fromInline(
      'export const request = (ctx) => ({ payload: "hello " + ctx.identity.username });' +
        'export const response = (ctx) => ctx.result;',
    ),
  });

  return app.synth().directory;
}
