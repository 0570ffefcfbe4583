import { runModel } from './model/run.ts';
const t = performance.now();
const r = await runModel({
  seed: Number(process.argv[2] ?? 1),
  sequences: Number(process.argv[3] ?? 5),
  onProgress: (n) => {
    if (n % 5 === 0) console.log(n, ((performance.now() - t) / 1000).toFixed(0) + 's');
  },
});
console.log(r.failure ?? 'ok', r.sequences, r.steps, r.longest, r.coverage.summary);
console.log(r.coverage.missingRows.slice(0, 20), r.coverage.missingPairs.slice(0, 20));
console.log(process.cpuUsage().user / 1e6);
