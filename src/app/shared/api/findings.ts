/** What did not agree in one account, in the words of the check: for admins. */
export interface Finding {
  /** Nothing where it is not about one account. */
  readonly accountId: string | undefined;
  readonly words: readonly string[];
  /** New holds and adjustments are stopped. */
  readonly locked: boolean;
}

/**
 * Findings of a report, as its JSON tells them: `{ accountId, words, locked }` for each account. Lenient: a finding in
 * another form is still shown, for an admin must see it.
 */
export function findingsIn(json: unknown): readonly Finding[] {
  const value = parsed(json);
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(toFinding);
}

function toFinding(value: unknown): Finding {
  if (typeof value !== 'object' || value === null)
    return { accountId: undefined, words: wordsIn(value), locked: false };
  const given = value as Readonly<Record<string, unknown>>; // an object: any of its fields may be read
  const accountId = given['accountId'] ?? given['userId'];
  const words = given['words'];
  return {
    accountId: typeof accountId === 'string' ? accountId : undefined,
    words: words === undefined ? [JSON.stringify(value)] : wordsIn(words),
    locked: given['locked'] === true,
  };
}

const wordsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.flatMap(wordsIn) : [typeof value === 'string' ? value : JSON.stringify(value)];

/** AWSJSON comes as a string. */
function parsed(json: unknown): unknown {
  if (typeof json !== 'string') return json;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
