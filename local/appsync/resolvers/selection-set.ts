import { print, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/** `ctx.info` of a field. */
export interface FieldInfo {
  readonly fieldName: string;
  readonly parentTypeName: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Paths of the selected fields (`items`, `items/id`); a field with an alias goes by it. */
  readonly selectionSetList: readonly string[];
  readonly selectionSetGraphQL: string;
}

export function fieldInfo(info: GraphQLResolveInfo): FieldInfo {
  const sets = info.fieldNodes.map((node) => node.selectionSet).filter((set) => set !== undefined);
  return {
    fieldName: info.fieldName,
    parentTypeName: info.parentType.name,
    variables: info.variableValues,
    selectionSetList: [...new Set(sets.flatMap((set) => selectedPaths(set, '', info)))],
    selectionSetGraphQL: sets.map((set) => print(set)).join('\n'),
  };
}

function selectedPaths(set: SelectionSetNode, prefix: string, info: GraphQLResolveInfo): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === 'Field') {
      const path = prefix + (selection.alias ?? selection.name).value;
      return [
        path,
        ...(selection.selectionSet ? selectedPaths(selection.selectionSet, `${path}/`, info) : []),
      ];
    }
    const inner =
      selection.kind === 'InlineFragment'
        ? selection.selectionSet
        : info.fragments[selection.name.value]?.selectionSet;
    return inner ? selectedPaths(inner, prefix, info) : [];
  });
}
