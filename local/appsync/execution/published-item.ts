import type { DocumentNode, SelectionSetNode } from 'graphql';
import { selectedFields } from './selected-fields.ts';

/**
 * What a mutation publishes: the fields that it selected, as it answered them, by their names in the schema. Fields it
 * did not select are not there, so that subscribers get null for them.
 */
export function publishedItem(
  answer: unknown,
  set: SelectionSetNode | undefined,
  document: DocumentNode,
): unknown {
  if (Array.isArray(answer)) return answer.map((item: unknown) => publishedItem(item, set, document));
  if (answer === null || typeof answer !== 'object' || set === undefined) return answer;
  return Object.fromEntries(
    selectedFields(set, document)
      .filter(({ key }) => key in answer)
      .map(({ key, name, inner }) => [
        name,
        publishedItem((answer as Record<string, unknown>)[key], inner, document),
      ]),
  );
}
