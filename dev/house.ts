import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedAws } from '../local/embedded-aws.ts';
import type { EmbeddedAws, EmbeddedAwsOptions } from '../local/embedded-aws.ts';
import { serveApp } from './app.ts';
import { connectTo } from './member.ts';
import type { EmbeddedOutputs } from './member.ts';
import { GATEWAY_URL } from './outputs.ts';
import { CDK_OUT } from './synth.ts';

export interface HouseOptions {
  /** Where the data lives; `temporary` is gone at the end. */
  readonly storage: 'temporary' | { readonly directory: string };
  /** 0 takes any free port. */
  readonly gatewayPort?: number;
  /** Serves the built app too; 0 takes any free port. */
  readonly appPort?: number;
  readonly log?: (line: string) => void;
  /** Hooks into the running of functions: what goes wrong on AWS can be made to go wrong here. */
  readonly lambda?: EmbeddedAwsOptions['lambda'];
  /** Hooks into the delivery of events. */
  readonly events?: EmbeddedAwsOptions['events'];
  readonly onMail?: (mail: { readonly to: string; readonly code: string }) => void;
}

/** HourBank on one machine: the synthesized backend on the embedded AWS and, if asked for, the app. */
export interface House {
  readonly aws: EmbeddedAws;
  readonly gatewayUrl: string;
  readonly appUrl: string | undefined;
  readonly outputs: EmbeddedOutputs;
  stop(): Promise<void>;
}

/** Starts everything on a backend that is already synthesized, and points this process's client at it. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const temporary = options.storage === 'temporary' ? mkdtempSync(join(tmpdir(), 'hourbank-')) : undefined;
  const aws = await startEmbeddedAws({
    cdkOut: CDK_OUT,
    dataDir: options.storage === 'temporary' ? String(temporary) : options.storage.directory,
    port: options.gatewayPort ?? 0,
    log: options.log ?? (() => undefined),
    ...(options.onMail && { onMail: options.onMail }),
    ...(options.lambda && { lambda: options.lambda }),
    ...(options.events && { events: options.events }),
  });
  const outputs = outputsFor(aws.url);
  connectTo(outputs);
  const app = options.appPort === undefined ? undefined : await serveApp({ port: options.appPort, outputs });
  return {
    aws,
    gatewayUrl: aws.url,
    appUrl: app?.url,
    outputs,
    stop: async () => {
      await app?.stop();
      await aws.stop();
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    },
  };
}

/** What synth wrote for the embedded AWS, with the gateway where it really is. */
export function outputsFor(gatewayUrl: string): EmbeddedOutputs {
  const outputs = readFileSync(join(CDK_OUT, 'amplify_outputs.json'), 'utf8');
  return JSON.parse(outputs.replaceAll(GATEWAY_URL, gatewayUrl)) as EmbeddedOutputs;
}

/** The newest confirmation code that the gateway has mailed to an address. Throws where there is none. */
export async function confirmationCode(gatewayUrl: string, email: string): Promise<string> {
  const response = await fetch(`${gatewayUrl}/_local/mail`);
  const mails = (await response.json()) as readonly { to: string; code: string }[];
  const mail = mails.find(({ to }) => to === email);
  if (!mail) throw new Error(`No mail was sent to ${email}`);
  return mail.code;
}
