// `npm run mutate`: how many changes to the rules of `domain/` its own tests notice (docs/mutation.md).
export default {
  packageManager: 'npm',
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.domain.config.ts', related: false },
  mutate: ['domain/**/*.ts', '!domain/**/*.spec.ts', '!domain/samples.ts'],
  coverageAnalysis: 'perTest',
  ignorePatterns: ['/*', '!/domain', '!/package.json', '!/tsconfig.json', '!/vitest.domain.config.ts'],
  tempDirName: '.stryker-tmp', // not in node_modules: vitest looks for no tests there
  incrementalFile: 'node_modules/.cache/stryker-incremental.json',
  thresholds: { high: 95, low: 90, break: 85 },
  reporters: ['clear-text', 'json', 'progress'],
  jsonReporter: { fileName: 'node_modules/.cache/mutation.json' },
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  concurrency: 2,
  timeoutMS: 15_000, // on top of what a test takes: a busy machine must not pass for a killed mutant
  disableTypeChecks: false,
};
