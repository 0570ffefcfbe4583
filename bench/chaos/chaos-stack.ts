import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChaosProxy, type ChaosProxy } from '../../dev/chaos-proxy.ts';
import { ROOT } from '../../dev/fingerprint.ts';
import { outputsFor } from '../../dev/house.ts';
import { connectTo } from '../../dev/member.ts';
import { startDynoxide, type Dynoxide } from '../../local/dynamodb/dynoxide.ts';
import type { FromStack, StackOrders } from './stack-faults.ts';

/** How often DynamoDB misbehaves, 0 to 1. */
const DATABASE_FAULTS = { conflict: 0.2, lostReply: 0.1, duplicate: 0.1 };
const CALM = { conflict: 0, lostReply: 0, duplicate: 0 };

/** A stack that can be killed, on a database that outlives it. */
export class ChaosStack {
  readonly gatewayUrl: string;
  readonly struck: Record<string, number> = { kill: 0 };
  private readonly directory: string;
  private readonly port: number;
  private readonly database: Dynoxide;
  private readonly proxy: ChaosProxy;
  private readonly databaseFaults: { conflict: number; lostReply: number; duplicate: number };
  private readonly random: () => number;
  private faults = false;
  private child: ChildProcess | undefined;

  private constructor(parts: {
    directory: string;
    port: number;
    database: Dynoxide;
    proxy: ChaosProxy;
    databaseFaults: { conflict: number; lostReply: number; duplicate: number };
    random: () => number;
  }) {
    this.directory = parts.directory;
    this.port = parts.port;
    this.database = parts.database;
    this.proxy = parts.proxy;
    this.databaseFaults = parts.databaseFaults;
    this.random = parts.random;
    this.gatewayUrl = `http://localhost:${parts.port}`;
  }

  static async start(random: () => number): Promise<ChaosStack> {
    const directory = mkdtempSync(join(tmpdir(), 'hourbank-chaos-'));
    const databaseFaults = { ...CALM };
    const database = await startDynoxide(join(directory, 'chaos.sqlite'), () => undefined);
    const proxy = await startChaosProxy(database.endpoint, databaseFaults, random);
    const stack = new ChaosStack({
      directory,
      port: await freePort(),
      database,
      proxy,
      databaseFaults,
      random,
    });
    await stack.launch();
    connectTo(outputsFor(stack.gatewayUrl));
    return stack;
  }

  /** From now on things go wrong. */
  async unleash(): Promise<void> {
    this.faults = true;
    Object.assign(this.databaseFaults, DATABASE_FAULTS);
    await this.kill();
  }

  /** From now on nothing goes wrong any more. */
  calm(): void {
    this.faults = false;
    Object.assign(this.databaseFaults, CALM);
    this.child?.send({ kind: 'CALM' });
  }

  /** `kill -9`, and a new start on what is left. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      this.struck['kill'] = (this.struck['kill'] ?? 0) + 1;
    }
    await this.launch();
  }

  /** Moves the stack's clock; `duration` such as PT48H. */
  async advance(duration: string): Promise<void> {
    await fetch(`${this.gatewayUrl}/_local/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance: duration }),
    });
  }

  async now(): Promise<string> {
    const answer = (await (await fetch(`${this.gatewayUrl}/_local/clock`)).json()) as { now: string };
    return answer.now;
  }

  /** How often each fault has struck. */
  get faultCounts(): Readonly<Record<string, number>> {
    return { ...this.proxy.struck, ...this.struck };
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await this.proxy.stop();
    await this.database.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async launch(): Promise<void> {
    const orders: StackOrders = {
      directory: join(this.directory, 'stack'),
      gatewayPort: this.port,
      seed: Math.floor(this.random() * 2 ** 32),
      faults: this.faults,
    };
    const child = spawn(process.execPath, ['bench/chaos/stack.ts', JSON.stringify(orders)], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, DYNAMODB_ENDPOINT: this.proxy.endpoint },
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromStack) => {
        if (message.kind === 'READY') resolve();
        else if (message.kind === 'FAILED') reject(new Error(message.why));
        else this.struck[message.fault] = (this.struck[message.fault] ?? 0) + 1;
      });
      child.once('exit', (code, signal) => {
        reject(new Error(`The stack ended with ${signal ?? `code ${code ?? 0}`}`));
      });
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  server.close();
  await once(server, 'close');
  return port;
}
