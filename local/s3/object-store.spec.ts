import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectStore, type StoredObject } from './object-store.ts';

const BUCKET = 'evidence';

let directory: string;
const open: ObjectStore[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'object-store-'));
});

afterEach(() => {
  for (const store of open.splice(0)) store.close();
  rmSync(directory, { recursive: true, force: true });
});

function openStore(): ObjectStore {
  const store = new ObjectStore({ directory });
  open.push(store);
  return store;
}

async function* pieces(...contents: string[]): AsyncGenerator<Uint8Array> {
  for (const content of contents) yield await Promise.resolve(Buffer.from(content));
}

const described = (key: string, blob: string, size: number): StoredObject => ({
  key,
  size,
  etag: 'e',
  modified: 0,
  headers: { ContentType: 'text/plain' },
  metadata: { a: '1' },
  blob,
});

const blobs = () => readdirSync(join(directory, 's3'));
const anyway = () => undefined;

async function put(store: ObjectStore, key: string, content: string, allows: () => void = anyway) {
  const blob = await store.write(pieces(content));
  store.put(BUCKET, described(key, blob, Buffer.byteLength(content)), allows);
}

function read(store: ObjectStore, key: string): Promise<string> | undefined {
  const object = store.find(BUCKET, key);
  return object && text(store.read(object, 0, object.size - 1));
}

describe('a store of objects', () => {
  it('has after a restart what it had before, with all that was noted', async () => {
    await put(openStore(), '../../k\0ü', 'hello');
    open.splice(0).forEach((store) => {
      store.close();
    });
    const store = openStore();
    expect(await read(store, '../../k\0ü')).toBe('hello');
    expect(store.find(BUCKET, '../../k\0ü')).toMatchObject({
      headers: { ContentType: 'text/plain' },
      metadata: { a: '1' },
    });
    expect(store.find('other', '../../k\0ü')).toBeUndefined();
  });

  it('keeps no bytes that nobody can reach', async () => {
    const store = openStore();
    await put(store, 'k', 'first');
    await put(store, 'k', 'second');
    expect(blobs()).toHaveLength(1);
    const refusal = () => {
      throw new Error('not now');
    };
    await expect(put(store, 'k', 'third', refusal)).rejects.toThrow('not now');
    expect(blobs()).toHaveLength(1);
    const breaksOff = async function* () {
      yield* pieces('half of it');
      throw new Error('gone');
    };
    await expect(store.write(breaksOff())).rejects.toThrow('gone');
    expect(blobs()).toHaveLength(1);
    expect(await read(store, 'k')).toBe('second');
    store.delete(BUCKET, 'k');
    expect(blobs()).toEqual([]);
  });

  it('keeps bytes as long as one of their copies is there', async () => {
    const store = openStore();
    await put(store, 'k', 'hello');
    const original = store.find(BUCKET, 'k');
    if (!original) throw new Error('nothing was put');
    store.put(BUCKET, { ...original, key: 'copy' }, anyway);
    store.put(BUCKET, { ...original, key: 'k', etag: 'f' }, anyway); // onto itself
    store.delete(BUCKET, 'k');
    expect(await read(store, 'copy')).toBe('hello');
    store.delete(BUCKET, 'copy');
    expect(blobs()).toEqual([]);
  });

  it('sweeps out what a crash left half-written', async () => {
    await put(openStore(), 'k', 'hello');
    writeFileSync(join(directory, 's3', 'half'), 'hel');
    const store = openStore();
    expect(blobs()).toHaveLength(1);
    expect(await read(store, 'k')).toBe('hello');
  });

  it('has after kill -9 all that it acknowledged, and nothing in part', async () => {
    const script = `
      import { ObjectStore } from ${JSON.stringify(join(import.meta.dirname, 'object-store.ts'))};
      const store = new ObjectStore({ directory: ${JSON.stringify(directory)} });
      async function* body(name) { for (let i = 0; i < 8; i++) yield Buffer.alloc(65536, name); }
      const writer = async (writer) => {
        for (let round = 0; ; round++) {
          const name = writer + '-' + round;
          const blob = await store.write(body(name));
          const object = { key: writer + '/' + round % 3, size: 524288, etag: name, modified: 0, headers: {}, metadata: {}, blob };
          store.put('evidence', object, () => undefined);
          console.log(object.key + ' ' + round);
        }
      };
      for (const name of ['a', 'b', 'c']) writer(name);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged = new Map<string, number>();
    for await (const line of createInterface({ input: child.stdout })) {
      const [key = '', round = ''] = line.split(' ');
      acknowledged.set(key, Number(round));
      if (acknowledged.size === 9 && Number(round) > 10) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');

    const store = openStore();
    for (const [key, round] of acknowledged) {
      const { etag = '' } = store.find(BUCKET, key) ?? {};
      expect(Number(etag.split('-')[1])).toBeGreaterThanOrEqual(round);
      const whole = Buffer.concat(Array.from({ length: 8 }, () => Buffer.alloc(65_536, etag)));
      expect((await read(store, key)) === whole.toString()).toBe(true);
    }
    expect(acknowledged.size).toBe(9);
    expect(blobs()).toHaveLength(9);
  });
});
