import type { SelectionSetNode } from 'graphql';
import type { ParsedRequest } from './graphql-request.ts';
import { selectedFields } from './selected-fields.ts';

/** How deep the fields of an operation nest; a request for one scalar is 1 deep. The document must be valid. */
export function queryDepth({ document, operation }: ParsedRequest): number {
  const depthOf = (set: SelectionSetNode | undefined): number =>
    set ? 1 + Math.max(...selectedFields(set, document).map(({ inner }) => depthOf(inner))) : 0;
  return depthOf(operation.selectionSet);
}
