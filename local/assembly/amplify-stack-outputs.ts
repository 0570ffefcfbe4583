import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AssemblyError } from './assembly-error.ts';
import type { Assembly } from './assembly.ts';

/** What Amplify calls the backend output: an entry such as `AWS::Amplify::Auth`, and the stack outputs it names. */
export type AmplifyStackOutputs = Readonly<
  Record<string, { readonly version: string; readonly payload: Readonly<Record<string, unknown>> }>
>;

/** The backend output that Amplify's client-config generator turns into amplify_outputs.json. */
export function amplifyStackOutputs(assembly: Assembly): AmplifyStackOutputs {
  const entries = Object.entries(assembly.rootMetadata).filter(([name]) => name.startsWith('AWS::Amplify::'));
  return Object.fromEntries(
    entries.map(([name, metadata]) => {
      const { version, stackOutputs } = metadata as { version: string; stackOutputs: string[] };
      const payload = Object.fromEntries(stackOutputs.map((output) => [output, assembly.outputs[output]]));
      return [name, { version, payload }];
    }),
  );
}

/** Path of the introspection schema that a deployment would publish to a bucket of its own. */
export function modelIntrospectionSchemaPath(assembly: Assembly): string {
  const path = readdirSync(assembly.directory)
    .map((entry) => join(assembly.directory, entry, 'modelIntrospectionSchema.json'))
    .find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new AssemblyError(`${assembly.directory} holds no modelIntrospectionSchema.json`);
  return path;
}
