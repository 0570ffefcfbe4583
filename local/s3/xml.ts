const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A document with one element a member, lists as elements of the same name; times as S3 writes them. */
export function xmlDocument(
  name: string,
  content: Readonly<Record<string, unknown>>,
  namespace = '',
): string {
  const attribute = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${members(content)}</${name}>`;
}

function members(content: Readonly<Record<string, unknown>>): string {
  return Object.entries(content)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => element(name, item)))
    .join('');
}

function element(name: string, value: unknown): string {
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  if (typeof value === 'object' && value !== null) return `<${name}>${members({ ...value })}</${name}>`;
  return `<${name}>${escaped(String(value))}</${name}>`;
}

/** Control characters by number too, or a reader would take them for white space. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]|\p{Cc}/gu, (character) => SPECIAL[character] ?? `&#${character.charCodeAt(0)};`);
