import type { DocumentNode, SelectionSetNode } from 'graphql';

export interface SelectedField {
  /** The alias, or the name where it has none. */
  readonly key: string;
  readonly name: string;
  readonly inner: SelectionSetNode | undefined;
}

/** The fields of a selection, those of its fragments included. */
export function selectedFields(set: SelectionSetNode, document: DocumentNode): readonly SelectedField[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === 'Field')
      return [
        {
          key: (selection.alias ?? selection.name).value,
          name: selection.name.value,
          inner: selection.selectionSet,
        },
      ];
    if (selection.kind === 'InlineFragment') return selectedFields(selection.selectionSet, document);
    const fragment = document.definitions.find(
      (definition) =>
        definition.kind === 'FragmentDefinition' && definition.name.value === selection.name.value,
    );
    return fragment?.kind === 'FragmentDefinition' ? selectedFields(fragment.selectionSet, document) : [];
  });
}
