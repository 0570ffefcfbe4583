/**
 * Whether an offer holds every word of a search, whatever the case or accents. Done here because DynamoDB's
 * `contains` knows neither; it reads (and bills) the same rows either way.
 */
export function holdsWords(
  offer: { readonly title: string; readonly description: string },
  search: string,
): boolean {
  const text = plain(`${offer.title} ${offer.description}`);
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim();
