import { isObject, type Json, type JsonObject } from '../definition/json.ts';

/**
 * Step Functions' own API writes its members with small letters, a state machine that calls it with capital ones; dates
 * are epoch seconds there, epoch milliseconds here.
 */
export function toStatesJson(input: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]),
  );
}

export function fromStatesJson(answer: Json): Json {
  if (Array.isArray(answer)) return answer.map(fromStatesJson);
  if (!isObject(answer)) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      key.endsWith('Date') && typeof value === 'number' ? Math.round(value * 1000) : fromStatesJson(value),
    ]),
  );
}
