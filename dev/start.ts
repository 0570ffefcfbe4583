// `npm start`: HourBank on this machine, with demo members, until Ctrl-C.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureAppBuilt } from './app.ts';
import { DEMO_PASSWORD, inviteDemoMembers } from './demo.ts';
import { ROOT } from './fingerprint.ts';
import { openHouse } from './house.ts';
import { ensureSynthesized } from './synth.ts';

const HELP = `Usage: npm start -- [options]
  --fresh              forget all data of this machine and begin anew
  --empty              no demo members and offers
  --port N             where the app is served (4200)
  --gateway-port N     where the embedded AWS listens (4566)
  --data DIR           where the data lives (.hourbank)
  --verbose            show what the backend logs`;

try {
  await start();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function start(): Promise<void> {
  const options = readOptions();
  if (options.fresh) rmSync(options.data, { recursive: true, force: true });

  // The two builds share nothing, and the machine has more than one core.
  await Promise.all([step('Backend synthesized', ensureSynthesized), step('App built', ensureAppBuilt)]);
  let ready = false; // the demo members' own codes are nobody's business
  const house = await step('Embedded AWS started', () =>
    openHouse({
      storage: { directory: options.data },
      gatewayPort: options.gatewayPort,
      appPort: options.port,
      onMail: ({ to, code }) => {
        if (ready) console.log(`  Mail to ${to}: the confirmation code is ${code}`);
      },
      log: (line) => {
        if (options.verbose) console.log(`  ${line}`);
      },
    }),
  );
  const stop = () => {
    console.log('\nStopping ...');
    void house.stop().then(() => process.exit(0));
  };
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, stop);
  if (!options.empty) await step('Demo members invited', () => inviteDemoMembers(house));
  ready = true;

  console.log(`
HourBank is ready after ${Math.round(process.uptime())} s.

  App      ${house.appUrl ?? ''}
  Gateway  ${house.gatewayUrl}   (any AWS SDK: --endpoint-url)
${options.empty ? '' : demoLogins()}
Sign-up codes are printed here. Move the clock: curl -d '{"advance":"PT48H"}' ${house.gatewayUrl}/_local/clock
Stop with Ctrl-C; the data stays (npm start -- --fresh forgets it).`);
}

function demoLogins(): string {
  return `
  requester@hourbank.test
  provider@hourbank.test      password ${DEMO_PASSWORD}, 10 hours each
  admin@hourbank.test
`;
}

/** Runs one step and prints a line for it: what was done, or that nothing had changed, and how long it took. */
async function step<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  const result = await run();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name}${result === false ? ' (unchanged)' : ''}: ${seconds} s`);
  return result;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      empty: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      port: { type: 'string', default: '4200' },
      data: { type: 'string', default: join(ROOT, '.hourbank') },
      'gateway-port': { type: 'string', default: '4566' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  return {
    fresh: values.fresh,
    empty: values.empty,
    verbose: values.verbose,
    data: resolve(values.data),
    port: port('--port', values.port),
    gatewayPort: port('--gateway-port', values['gateway-port']),
  };
}

function port(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new Error(`${option} takes a port number, 1 to 65535; "${text}" is not one.\n\n${HELP}`);
  return number;
}
