import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A database process and where it answers. */
export interface Dynoxide {
  readonly endpoint: string;
  /** Resolves once the process answers, also while it is being started again. Rejects when it cannot be. */
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Milliseconds that a start may take. It took 100 when measured. */
const START_TIMEOUT = 20_000;
/** After so many lives in a row that were shorter than this many milliseconds, no new start is worth it. */
const MOST_SHORT_LIVES = 5;
const SHORT_LIFE = 2000;

/**
 * Runs the database as a child of a shell that holds our end of a pipe: when this process ends, however it ends, the
 * pipe closes and the shell kills the database. Linux has no other way that needs no native code.
 */
const SUPERVISOR =
  'exec 3<&0; "$@" </dev/null & child=$!; { cat <&3 >/dev/null; kill -9 $child 2>/dev/null; } & wait $child';

/**
 * Starts dynoxide on `file`, or in memory, on a free port of 127.0.0.1. When the process dies it is started again and
 * the log says so; in memory nothing would be left to go on with, so there it stays dead.
 * Throws where the npm registry has no binary for this platform.
 */
export async function startDynoxide(
  file: string | undefined,
  log: (line: string) => void,
): Promise<Dynoxide> {
  const binary = findBinary();
  const port = await freePort();
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const command = [
    binary,
    'serve',
    '--port',
    String(port),
    ...(file === undefined ? [] : ['--db-path', file]),
  ];

  let child: ChildProcess | undefined;
  let stopping = false;
  let shortLives = 0;
  let ready = launch();

  function launch(): Promise<void> {
    const started = Date.now();
    const supervisor = spawn('/bin/sh', ['-c', SUPERVISOR, 'dynoxide', ...command], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    child = supervisor;
    let lastWords = '';
    supervisor.stderr.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-2000);
    });
    const died = new Promise<never>((_, reject) => {
      supervisor.once('exit', (code, signal) => {
        supervisor.stdin.destroy();
        reject(new Error(`dynoxide ended with ${signal ?? `code ${code ?? 0}`}. ${lastWords}`.trim()));
      });
    });
    const answers = Promise.race([died, untilItAnswers(port, () => supervisor.exitCode === null)]);
    died.catch(() => undefined); // not yet answering when it died: `answers` says so
    answers.then(
      () =>
        died.catch((error: unknown) => {
          mourn(String(error), Date.now() - started);
        }),
      (error: unknown) => {
        log(String(error));
      },
    );
    return answers;
  }

  function mourn(lastWords: string, lifetime: number): void {
    if (stopping) return;
    shortLives = lifetime < SHORT_LIFE ? shortLives + 1 : 0;
    if (file === undefined || shortLives >= MOST_SHORT_LIVES) {
      log(lastWords);
      return;
    }
    log(`${lastWords} Starting it again.`);
    ready = launch();
  }

  async function stop(): Promise<void> {
    stopping = true;
    if (child?.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.stdin?.end();
    await exited;
  }

  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint: `http://127.0.0.1:${port}`, ready: () => ready, stop };
}

function findBinary(): string {
  const packageName = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    return join(dirname(manifest), 'dynoxide');
  } catch {
    throw new Error(
      `There is no ${packageName} here: the local database comes as a binary for linux-x64 only. ` +
        'Start any DynamoDB-compatible server and name it by DYNAMODB_ENDPOINT, such as http://localhost:8000',
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilItAnswers(port: number, isAlive: () => boolean): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT;
  while (isAlive()) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
        .once('connect', () => {
          socket.destroy();
          resolve(true);
        })
        .once('error', () => {
          resolve(false);
        });
    });
    if (connected) return;
    if (Date.now() > deadline) throw new Error(`dynoxide did not answer within ${START_TIMEOUT / 1000} s`);
    await delay(20);
  }
}
