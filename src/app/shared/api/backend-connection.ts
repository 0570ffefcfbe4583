import { Amplify } from 'aws-amplify';
import { parseAmplifyConfig } from 'aws-amplify/utils';
import { speakPlainToLoopback } from './loopback-web-socket';

type AmplifyOutputs = Parameters<typeof parseAmplifyConfig>[0];

/** What the outputs of an embedded backend say beside Amplify's own. */
interface EmbeddedOutputs {
  readonly custom?: { readonly embedded?: { readonly userPoolEndpoint?: string } };
}

let embedded = false;

/** Whether the backend runs on this machine, with its demo members. */
export const isEmbedded = (): boolean => embedded;

/**
 * Reads `/amplify_outputs.json` and points Amplify at the backend it names.
 * @throws if it cannot be read or is not one
 */
export async function connectToBackend(): Promise<void> {
  const answer = await fetch('/amplify_outputs.json', { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`amplify_outputs.json: ${answer.status}`);
  connectTo((await answer.json()) as AmplifyOutputs);
}

export function connectTo(outputs: AmplifyOutputs): void {
  const config = parseAmplifyConfig(outputs);
  const endpoint = (outputs as EmbeddedOutputs).custom?.embedded?.userPoolEndpoint;
  embedded = endpoint !== undefined;
  if (endpoint !== undefined && config.Auth) {
    // Amplify reads this field, but its type of the parsed configuration is read-only and the outputs have no place for it.
    (config.Auth.Cognito as { userPoolEndpoint?: string }).userPoolEndpoint = endpoint;
    speakPlainToLoopback();
  }
  Amplify.configure(config);
}
