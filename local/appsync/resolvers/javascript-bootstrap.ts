/**
 * Runs inside the context of JavaScript resolvers, before any of them: makes `@aws-appsync/utils` out of the bridge and
 * returns what loads a resolver's module. It is text because every object it makes must belong to that context.
 * `Date` is taken away as APPSYNC_JS has none; time comes from `util.time`.
 */
export const BOOTSTRAP = `'use strict';
(function (bridge, names) {
  delete globalThis.Date;

  class Failure {}
  class EarlyReturn {
    constructor(value, options) {
      this.value = value;
      this.skipTo = options && options.skipTo === 'END' ? 'END' : 'NEXT';
    }
  }

  const roots = { util: {}, extensions: {}, console: {} };
  for (const name of JSON.parse(names)) {
    const path = name.split('.');
    const last = path.pop();
    let owner = roots;
    for (const key of path) owner = owner[key] = owner[key] || {};
    owner[last] = function (...args) {
      const answer = JSON.parse(bridge(name, JSON.stringify(args)));
      if (answer.failed) throw new Failure();
      return answer.value;
    };
  }
  globalThis.console = roots.console;

  const runtime = {
    earlyReturn(value, options) {
      throw new EarlyReturn(value, options);
    },
  };
  const modules = { '@aws-appsync/utils': { util: roots.util, extensions: roots.extensions, runtime } };
  const require = function (name) {
    if (!Object.hasOwn(modules, name)) throw new Error('APPSYNC_JS cannot import ' + name + ' here');
    return modules[name];
  };

  return function load(factory) {
    const module = { exports: {} };
    factory(module, module.exports, require);
    return function run(phase, text) {
      const ctx = JSON.parse(text);
      ctx.arguments = ctx.args;
      const outcome = {};
      const handler = module.exports[phase];
      if (typeof handler !== 'function') throw new Error('the code exports no ' + phase + ' function');
      try {
        outcome.value = handler(ctx);
      } catch (thrown) {
        if (!(thrown instanceof EarlyReturn)) throw thrown;
        outcome.value = thrown.value;
        outcome.returned = thrown.skipTo;
      }
      if (outcome.value === undefined) outcome.value = null;
      return JSON.stringify({ ...outcome, stash: ctx.stash, args: ctx.args });
    };
  };
})`;
