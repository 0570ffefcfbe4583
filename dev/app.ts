import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { makeIfChanged, ROOT } from './fingerprint.ts';

const BUILT = join(ROOT, 'dist', 'app', 'browser');

/** Builds the app unless nothing it is built from has changed. Throws with the builder's own lines. */
export function ensureAppBuilt(): Promise<boolean> {
  return makeIfChanged(
    {
      inputs: [
        'src/**/*',
        'public/**/*',
        'domain/**/*.ts',
        'amplify/data/**/*',
        'angular.json',
        'tsconfig*.json',
        'package-lock.json',
      ],
      output: join(BUILT, 'index.html'),
      mark: join(ROOT, 'dist', 'app.inputs'),
    },
    build,
  );
}

function build(): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const child = spawn('ng', ['build', '--progress=false'], {
      cwd: ROOT,
      env: { ...process.env, NG_CLI_ANALYTICS: 'false' },
    });
    child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ng build failed:\n${lines.join('')}`));
    });
  });
}

/** Serves the built app on loopback, with `outputs` as its `/amplify_outputs.json`: one build serves every backend. */
export async function serveApp(options: {
  readonly port: number;
  readonly outputs: unknown;
}): Promise<{ url: string; stop(): Promise<void> }> {
  const files = sirv(BUILT, { single: true, etag: true });
  const outputs = JSON.stringify(options.outputs);
  const server = createServer((request, response) => {
    if (request.url === '/amplify_outputs.json') {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(outputs);
    } else files(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, 'localhost', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
