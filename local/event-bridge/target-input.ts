import type { BusEvent } from './event.ts';
import type { InputTransformer, Rule, Target } from './rule.ts';

/**
 * What a target receives: the event, a constant, a part of the event, or a template filled from it. Throws SyntaxError
 * where a filled template is not JSON, as when a path leads nowhere.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function targetInput(target: Target, rule: Rule, event: BusEvent): unknown {
  if (target.input !== undefined) return JSON.parse(target.input);
  if (target.inputPath !== undefined) return atPath(event, target.inputPath);
  if (target.inputTransformer !== undefined) return fill(target.inputTransformer, rule, event);
  return event;
}

function fill({ paths, template }: InputTransformer, rule: Rule, event: BusEvent): unknown {
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': { ...event, detail: undefined },
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(paths)) values[name] = atPath(event, path);
  let quoted = false;
  const filled = template.replaceAll(/\\.|"|<([\w.-]+)>/gs, (token: string, name: string | undefined) => {
    if (token === '"') quoted = !quoted;
    if (name === undefined || !(name in values)) return token;
    const value = values[name];
    if (value === undefined) return '';
    if (!quoted) return JSON.stringify(value);
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
  });
  return JSON.parse(filled);
}

/** The value at a path such as `$.detail.requestId` or `$.resources[0]`; undefined where it leads nowhere. */
function atPath(event: BusEvent, path: string): unknown {
  if (!/^\$(\.[\w-]+|\[\d+\])*$/.test(path)) throw new SyntaxError(`The path "${path}" is not supported`);
  let value: unknown = event;
  for (const [, name, index] of path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name ?? index ?? ''];
  }
  return value;
}
