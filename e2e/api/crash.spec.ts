import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../dev/fingerprint.ts';
import { outputsFor } from '../../dev/house.ts';
import { connectTo } from '../../dev/member.ts';
import { Neighbourhood } from './neighbourhood.ts';

const directory = mkdtempSync(join(tmpdir(), 'hourbank-crash-'));
let running: ChildProcess | undefined;

afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

describe('HourBank after kill -9', () => {
  it('goes on with a request that waited for its provider, and charges nobody twice', async () => {
    const [appPort, gatewayPort] = await Promise.all([freePort(), freePort()]);
    running = await start(appPort, gatewayPort);
    const neighbourhood = Neighbourhood.at(`http://localhost:${gatewayPort}`);
    connectTo(outputsFor(neighbourhood.gatewayUrl));
    const requester = await neighbourhood.join('Rita');
    const provider = await neighbourhood.join('Paul');
    const requestId = await neighbourhood.submit(requester, await neighbourhood.offer(provider));

    running.kill('SIGKILL');
    await once(running, 'exit');
    running = await start(appPort, gatewayPort);

    expect(await neighbourhood.balance(requester)).toMatchObject({ availableBalance: 8, escrowedBalance: 2 });
    await neighbourhood.accept(provider, requestId);
    await neighbourhood.deliver(provider, requestId);
    await neighbourhood.confirm(requester, requestId);
    expect(await neighbourhood.balance(requester)).toMatchObject({ totalBalance: 8, escrowedBalance: 0 });
    expect(await neighbourhood.balance(provider)).toMatchObject({ totalBalance: 12, escrowedBalance: 0 });
    await neighbourhood.expectBooksToBalance();
  }, 180_000);
});

/** Starts what a newcomer starts, and resolves when it says that it is ready. */
async function start(appPort: number, gatewayPort: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      'dev/start.ts',
      '--empty',
      ...['--data', directory],
      ...['--port', String(appPort)],
      ...['--gateway-port', String(gatewayPort)],
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      lines.push(chunk.toString());
      if (lines.join('').includes('HourBank is ready')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      reject(new Error(`npm start ended with ${code ?? 'a signal'}:\n${lines.join('')}`));
    });
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
