import { readFileSync } from 'node:fs';
import { parseCases, type AslCase } from '../local/step-functions/conformance/asl-case.ts';
import { difference } from '../local/step-functions/conformance/compare.ts';
import { runCase } from '../local/step-functions/conformance/run-case.ts';

/** `npm run conformance -- FILE`: executions recorded on AWS, through the embedded engine. */
async function main(file: string | undefined): Promise<number> {
  if (file === undefined) {
    console.error('Usage: npm run conformance -- FILE');
    return 2;
  }
  const cases = parseCases(readFileSync(file, 'utf8'));
  let failed = 0;
  for (const aslCase of cases) {
    const problem = await problemOf(aslCase);
    if (problem === undefined) continue;
    failed += 1;
    console.log(`${aslCase.id}: ${problem}`);
  }
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function problemOf(aslCase: AslCase): Promise<string | undefined> {
  try {
    return difference(aslCase, await runCase(aslCase));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

process.exitCode = await main(process.argv[2]);
