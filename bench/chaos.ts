// `npm run chaos`: the long runs. `--seed N --minutes M`: faults of every kind against the whole stack. `--kills N`: kill -9
// while hours move. `--model --sequences N`: random sequences compared with a model.
import { parseArgs } from 'node:util';
import { ensureSynthesized } from '../dev/synth.ts';
import { counted } from './chaos/counted.ts';
import { runChaos, type ChaosRun } from './chaos/run-chaos.ts';
import { runKills } from './chaos/run-kills.ts';
import { runModel } from './model/run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    kills: { type: 'string' },
    model: { type: 'boolean', default: false },
    sequences: { type: 'string', default: '1000' },
  },
});

const positive = (name: string, value: string): number => {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new Error(`--${name} takes a positive number`);
  return number;
};

const seed = Math.floor(positive('seed', values.seed));
const isSound = values.model
  ? await model(Math.floor(positive('sequences', values.sequences)))
  : values.kills === undefined
    ? await chaos(positive('minutes', values.minutes))
    : await kills(Math.floor(positive('kills', values.kills)));
console.log(isSound ? 'All held.' : 'Not all held.');
process.exit(isSound ? 0 : 1); // what a client has left open does not keep us

async function chaos(minutes: number): Promise<boolean> {
  await ensureSynthesized();
  return report(await runChaos(seed, minutes, console.log));
}

async function kills(count: number): Promise<boolean> {
  await ensureSynthesized();
  const run = await runKills(seed, count, console.log);
  console.log(`Recovered ${run.recovered} of ${count}`);
  return report(run) && run.recovered === count;
}

async function model(sequences: number): Promise<boolean> {
  const run = await runModel({
    seed,
    sequences,
    onProgress: (done) => {
      if (done % 50 === 0) console.log(`${done} sequences`);
    },
  });
  const { missingRows, missingPairs, summary } = run.coverage;
  const mean = (run.steps / run.sequences).toFixed(1);
  console.log(
    `${run.sequences} sequences from seed ${seed}: ${run.steps} steps, ${mean} in the mean, ${run.longest} at most`,
  );
  console.log(summary);
  for (const missing of [...missingRows, ...missingPairs]) console.log(`Never executed: ${missing}`);
  if (run.failure !== undefined) console.log(run.failure);
  return run.failure === undefined && missingRows.length + missingPairs.length === 0;
}

function report({ faults, heard, checks }: ChaosRun): boolean {
  console.log('Faults:', counted(faults));
  console.log('Commands:', counted(heard));
  for (const { name, looked, breaches, kinds = {} } of checks) {
    console.log(`${name}: ${looked} looked at, ${breaches.length} breaches`);
    if (Object.keys(kinds).length > 0) console.log(`  ${counted(kinds)}`);
    for (const breach of breaches.slice(0, 20)) console.log(`  ${breach}`);
  }
  return checks.every(({ breaches }) => breaches.length === 0);
}
