// `npm run synth`: what `amplify/` defines, as CloudFormation, without an AWS account.
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeIfChanged, ROOT } from './fingerprint.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { embeddedOutputs, type Outputs } from './outputs.ts';

export const CDK_OUT = join(ROOT, 'cdk.out');
const OUTPUTS = join(CDK_OUT, 'amplify_outputs.json');
/** Two test workers may find the backend changed at once. */
const LOCK = join(ROOT, 'node_modules', '.synth.lock');
const COMMITTED_OUTPUTS = join(ROOT, 'amplify_outputs.json');

const CONTEXT = {
  'amplify-backend-namespace': 'hourbank',
  'amplify-backend-name': 'local',
  'amplify-backend-type': 'sandbox',
  // Without it a cycle between stacks is only a warning.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

/** Synthesizes unless nothing it is made from has changed since; says whether it did. Throws with what the CDK says. */
export function ensureSynthesized(): Promise<boolean> {
  return oneAtATime(LOCK, () =>
    makeIfChanged(
      {
        inputs: [
          'amplify/**/!(*.spec).{ts,js,json}',
          'domain/**/!(*.spec).ts',
          'workflows/*.asl.json',
          'dev/{synth,outputs}.ts',
          'local/assembly/**/!(*.spec).ts',
          'package-lock.json',
        ],
        output: OUTPUTS,
        mark: join(CDK_OUT, 'inputs'),
      },
      synthesize,
    ),
  );
}

async function synthesize(): Promise<void> {
  rmSync(CDK_OUT, { recursive: true, force: true });
  await runBackend();
  failOnValidationErrors();
  writeOutputs(await embeddedOutputs(CDK_OUT));
}

/** Runs `amplify/backend.ts` as ampx does: the CDK app writes its assembly when the process ends. */
function runBackend(): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const child = spawn('tsx', [join('amplify', 'backend.ts')], {
      cwd: ROOT,
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(CONTEXT), CDK_OUTDIR: CDK_OUT },
    });
    child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The backend does not synthesize:\n${lines.join('')}`));
    });
  });
}

function failOnValidationErrors(): void {
  const file = join(CDK_OUT, 'validation-report.json');
  if (!existsSync(file)) throw new Error('The CDK left no validation report');
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as { pluginReports: readonly unknown[] };
  if (pluginReports.length > 0)
    throw new Error(`The CDK's rules are broken:\n${JSON.stringify(pluginReports, null, 2)}`);
}

/** Into cdk.out, for whoever starts the embedded AWS; and into the project, unless a sandbox on AWS has its own there. */
function writeOutputs(outputs: Outputs): void {
  const text = `${JSON.stringify(outputs, null, 2)}\n`;
  writeFileSync(OUTPUTS, text);
  if (!existsSync(COMMITTED_OUTPUTS) || isEmbedded(COMMITTED_OUTPUTS)) writeFileSync(COMMITTED_OUTPUTS, text);
}

function isEmbedded(file: string): boolean {
  const { custom } = JSON.parse(readFileSync(file, 'utf8')) as Outputs;
  return custom?.['embedded'] !== undefined;
}

function describeAssembly(): string {
  const templates = globSync('*.template.json', { cwd: CDK_OUT }).map((name) => {
    const path = join(CDK_OUT, name);
    const { Resources: resources = {} } = JSON.parse(readFileSync(path, 'utf8')) as {
      Resources?: Record<string, unknown>;
    };
    return { resources: Object.keys(resources).length, bytes: statSync(path).size };
  });
  const all = templates.reduce((sum, { resources }) => sum + resources, 0);
  const most = Math.max(...templates.map(({ resources }) => resources));
  const largest = Math.max(...templates.map(({ bytes }) => bytes));
  const bytes = globSync('**/*', { cwd: CDK_OUT })
    .map((file) => statSync(join(CDK_OUT, file)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  return `${all} resources in ${templates.length} templates (at most ${most} resources, ${kilobytes(largest)} kB), ${kilobytes(bytes)} kB in all`;
}

const kilobytes = (bytes: number) => Math.round(bytes / 1000);

if (process.argv[1] === import.meta.filename) {
  const began = performance.now();
  rmSync(join(CDK_OUT, 'inputs'), { force: true }); // asked for by name, it is done anew
  try {
    await ensureSynthesized();
    console.log(`Synthesized in ${((performance.now() - began) / 1000).toFixed(1)} s: ${describeAssembly()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
