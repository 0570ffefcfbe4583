import { describe, expect, it } from 'vitest';
import { ResolverError } from '../resolver-error.ts';
import { JavaScriptRuntime } from './javascript-runtime.ts';
import { createResolverHost } from './resolver-host.ts';

const logged: string[] = [];
const runtime = new JavaScriptRuntime((line) => logged.push(line));
const NOW = Date.UTC(2026, 0, 1);

function run(request: string, context: object = {}) {
  const host = createResolverHost(
    { authMode: 'AWS_IAM', subscription: {}, invalidations: [] },
    { fieldName: 'submit', parentTypeName: 'Mutation', appendError: () => undefined },
    { now: () => NOW },
  );
  const code = `import { extensions, runtime, util } from '@aws-appsync/utils'; export function request(ctx) { ${request} }`;
  return runtime.run(code, 'request', { args: {}, stash: {}, ...context }, host);
}

const value = async (expression: string, context?: object) =>
  (await run(`return ${expression}`, context)).value;

describe('a handler', () => {
  it('gets its context and gives a value, with what it left in stash and args', async () => {
    const outcome = await run(
      'ctx.stash.seen = ctx.args.a; ctx.args.b = 2; return { sum: ctx.arguments.a + 1 };',
      {
        args: { a: 1 },
        stash: { old: true },
      },
    );
    expect(outcome).toEqual({ value: { sum: 2 }, stash: { old: true, seen: 1 }, args: { a: 1, b: 2 } });
  });

  it('gives null where it returns nothing', async () => {
    expect((await run('')).value).toBeNull();
  });

  it('raises typed errors', async () => {
    await expect(
      run("util.error('No hours', 'INSUFFICIENT_HOURS', { a: 1 }, { b: 2 })"),
    ).rejects.toMatchObject({
      message: 'No hours',
      errorType: 'INSUFFICIENT_HOURS',
      data: { a: 1 },
      errorInfo: { b: 2 },
    });
    await expect(run('util.unauthorized()')).rejects.toMatchObject({
      message: 'Not Authorized to access submit on type Mutation',
      errorType: 'Unauthorized',
    });
  });

  it('that fails raises Code', async () => {
    await expect(run('return ctx.nothing.at.all')).rejects.toThrow(ResolverError);
    await expect(run('return ctx.nothing.at.all')).rejects.toMatchObject({ errorType: 'Code' });
  });

  it('returns early', async () => {
    expect(await run('runtime.earlyReturn({ a: 1 }); return 2')).toMatchObject({
      value: { a: 1 },
      returned: 'NEXT',
    });
    expect(await run("runtime.earlyReturn(1, { skipTo: 'END' })")).toMatchObject({
      value: 1,
      returned: 'END',
    });
  });

  it('writes to the log', async () => {
    await run("console.log('hello', { a: 1 })");
    expect(logged).toContain('hello {"a":1}');
  });

  it('has util by the embedded clock', async () => {
    expect(await value('util.time.nowISO8601()')).toBe('2026-01-01T00:00:00.000Z');
    expect(await value('util.dynamodb.toMapValues({ a: 1, b: [true, null] })')).toEqual({
      a: { N: '1' },
      b: { L: [{ BOOL: true }, { NULL: true }] },
    });
    expect(await value('util.authType()')).toBe('IAM Authorization');
  });
});

describe('the context of handlers', () => {
  it.each([
    'typeof process',
    'typeof require("node:fs")',
    'typeof globalThis.process',
    'typeof setTimeout',
    'typeof fetch',
    'typeof Date',
    'Function("return 1")()',
    'eval("1")',
    'util.error.constructor("return process")()',
    'ctx.constructor.constructor("return process")()',
    'runtime.earlyReturn.constructor("return process")()',
  ])('has nothing of Node: %s', async (expression) => {
    await expect(value(expression).catch(() => 'undefined')).resolves.toBe('undefined');
  });

  it('imports nothing but the utilities', async () => {
    await expect(
      runtime.run(
        "import fs from 'node:fs'; export const request = () => fs;",
        'request',
        {},
        { util: {}, extensions: {} },
      ),
    ).rejects.toThrow('APPSYNC_JS cannot import node:fs here');
  });
});
