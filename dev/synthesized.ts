import { loadAssembly, type Assembly } from '../local/assembly/assembly.ts';
import { GATEWAY_URL } from './outputs.ts';
import { CDK_OUT, ensureSynthesized } from './synth.ts';

/** The backend as it is synthesized now, with nothing left to resolve: what template tests examine. */
export async function synthesized(): Promise<Assembly> {
  await ensureSynthesized();
  return loadAssembly(CDK_OUT, { graphqlUrl: `${GATEWAY_URL}/graphql` });
}
