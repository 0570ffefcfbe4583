import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DEFAULT_CLIENT_CONFIG_VERSION } from '@aws-amplify/client-config';
import {
  amplifyStackOutputs,
  modelIntrospectionSchemaPath,
  type AmplifyStackOutputs,
} from '../local/assembly/amplify-stack-outputs.ts';
import { loadAssembly } from '../local/assembly/assembly.ts';

/** Where the embedded AWS answers unless told otherwise. */
export const GATEWAY_URL = 'http://localhost:4566';

/** The parts of amplify_outputs.json that are changed here; the rest is Amplify's. */
export interface Outputs {
  readonly auth: Readonly<Record<string, unknown>>;
  readonly custom?: Readonly<Record<string, unknown>>;
}

/** Amplify's own generator, as far as it is used; its package does not export it. */
interface GeneratorModule {
  readonly ClientConfigGeneratorFactory: new (fetchOutput: () => Promise<AmplifyStackOutputs>) => {
    getInstance(
      schemas: { getModelIntrospectionSchemaFromS3Uri(uri: string | undefined): Promise<unknown> },
      version: string,
    ): { generateClientConfig(): Promise<Outputs> };
  };
}

/**
 * The amplify_outputs.json of a synthesized backend on the embedded AWS: made by the generator that `ampx` uses, from the
 * outputs of the root stack. Throws AssemblyError for what the embedded AWS does not know.
 */
export async function embeddedOutputs(cdkOut: string): Promise<Outputs> {
  const assembly = loadAssembly(cdkOut, { graphqlUrl: `${GATEWAY_URL}/graphql` });
  const { ClientConfigGeneratorFactory } = await generatorModule();
  const generator = new ClientConfigGeneratorFactory(() => Promise.resolve(amplifyStackOutputs(assembly)));
  const schema = JSON.parse(readFileSync(modelIntrospectionSchemaPath(assembly), 'utf8')) as unknown;
  const outputs = await generator
    .getInstance(
      { getModelIntrospectionSchemaFromS3Uri: () => Promise.resolve(schema) },
      DEFAULT_CLIENT_CONFIG_VERSION,
    )
    .generateClientConfig();
  return forEmbeddedAws(outputs);
}

/** The user pool's endpoint has no field of its own; and there is no identity pool, which the client would ask at AWS. */
function forEmbeddedAws({ auth, custom, ...rest }: Outputs): Outputs {
  const {
    identity_pool_id: _identityPool,
    unauthenticated_identities_enabled: _guests,
    ...userPoolOnly
  } = auth;
  return {
    ...rest,
    auth: userPoolOnly,
    custom: { ...custom, embedded: { userPoolEndpoint: `${GATEWAY_URL}/` } },
  };
}

async function generatorModule(): Promise<GeneratorModule> {
  const entry = createRequire(import.meta.url).resolve('@aws-amplify/client-config');
  const file = join(dirname(entry), 'client_config_generator_factory.js');
  return (await import(pathToFileURL(file).href)) as GeneratorModule;
}
