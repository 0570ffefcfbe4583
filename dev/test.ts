// `npm test`: everything, in the order in which a mistake shows soonest. Ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './fingerprint.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Reads the runner's report; without it the stage counts as one check. */
  readonly count?: () => Count;
}

const reports = mkdtempSync(join(tmpdir(), 'hourbank-test-'));
const report = (name: string) => join(reports, `${name}.json`);

/** Node keeps what it has compiled: most stages start many processes that load the same libraries. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'node-compiled') };

const LINT = ['eslint', '--max-warnings', '0'];

/** Each needs one core: two run at a time, begun in this order. */
const CHECKS: readonly Stage[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'types of the backend', command: ['tsc', '-p', 'amplify/tsconfig.json', '--noEmit'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  // One process a type-checked project: all in one need more than 4 GB.
  { name: 'lint', command: [...LINT, '.', '--ignore-pattern', 'amplify', '--ignore-pattern', 'src'] },
  { name: 'lint of the backend', command: [...LINT, 'amplify'] },
  { name: 'synth', command: ['tsx', 'dev/synth.ts'] },
  { name: 'lint of the app', command: [...LINT, 'src'] },
  {
    name: 'app',
    command: [
      'ng',
      'test',
      '--watch=false',
      '--reporters=default',
      '--reporters=json',
      `--output-file=${report('app')}`,
    ],
    count: () => readVitest(report('app')),
  },
];

/** Each fills the machine by itself: they run one after the other. */
const SUITES: readonly Stage[] = [
  vitest('unit'),
  vitest('api'),
  {
    name: 'browser',
    command: ['playwright', 'test', '--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('browser') },
    count: () => readPlaywright(report('browser')),
  },
];

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const total = { passed: 0, failed: 0 };
const lines: string[] = [];

const checks = CHECKS.filter(isWanted);
await Promise.all([runOneByOne(checks), runOneByOne(checks)]);
await runOneByOne(SUITES.filter(isWanted));

console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function isWanted({ name }: Stage): boolean {
  return !values.only || values.only.includes(name);
}

/** Takes stages off the list until none is left; several may share a list. */
async function runOneByOne(stages: Stage[]): Promise<void> {
  for (let stage = stages.shift(); stage; stage = stages.shift()) await runStage(stage);
}

async function runStage(stage: Stage): Promise<void> {
  console.log(`\n=== ${stage.name}: ${stage.command.join(' ')}`);
  const began = Date.now();
  const succeeded = await run(stage);
  const count = countOf(stage, succeeded);
  // A runner that fails without a failed test (a broken file, no test at all) has failed all the same.
  const failed = succeeded ? count.failed : Math.max(count.failed, 1);
  total.passed += count.passed;
  total.failed += failed;
  const seconds = Math.round((Date.now() - began) / 1000);
  lines.push(`${stage.name}: ${count.passed} passed, ${failed} failed (${seconds} s)`);
}

function run({ command, environment }: Stage): Promise<boolean> {
  const [program = '', ...options] = command;
  return new Promise((resolve) => {
    const child = spawn(program, options, {
      stdio: 'inherit',
      env: { ...process.env, ...COMPILED, ...environment },
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on('exit', (code) => {
      resolve(code === 0);
    });
  });
}

function countOf(stage: Stage, succeeded: boolean): Count {
  if (!stage.count) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    return stage.count();
  } catch (error) {
    console.error(`${stage.name} left no report: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

function vitest(project: string): Stage {
  return {
    name: project,
    command: [
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report(project)}`,
    ],
    count: () => readVitest(report(project)),
  };
}

/** What did not run counts as failed: nothing here may be skipped. */
function readVitest(file: string): Count {
  const { numPassedTests, numTotalTests } = readJson(file) as {
    numPassedTests: number;
    numTotalTests: number;
  };
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
}

function readPlaywright(file: string): Count {
  const { stats } = readJson(file) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
