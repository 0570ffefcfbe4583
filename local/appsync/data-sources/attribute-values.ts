/** A value in DynamoDB's own JSON. */
export type Attribute =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly Attribute[] }
  | { readonly M: AttributeMap }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

export type AttributeMap = Readonly<Record<string, Attribute>>;

/** JSON to DynamoDB, as `util.dynamodb.toDynamoDB` types it: text, number, boolean, null, list or map. */
export function toAttribute(value: unknown): Attribute {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
    case 'bigint':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (value === null) return { NULL: true };
      return Array.isArray(value)
        ? { L: value.map(toAttribute) }
        : {
            M: Object.fromEntries(
              Object.entries(value)
                .filter(([, member]) => member !== undefined)
                .map(([key, member]) => [key, toAttribute(member)]),
            ),
          };
    default:
      return { NULL: true };
  }
}

/** DynamoDB to JSON, as a resolver sees an item: numbers as numbers, sets as lists, binary as base64 text. */
export function fromAttribute(attribute: Attribute): unknown {
  if ('S' in attribute) return attribute.S;
  if ('N' in attribute) return Number(attribute.N);
  if ('BOOL' in attribute) return attribute.BOOL;
  if ('NULL' in attribute) return null;
  if ('L' in attribute) return attribute.L.map(fromAttribute);
  if ('M' in attribute) return fromItem(attribute.M);
  if ('SS' in attribute) return attribute.SS;
  if ('NS' in attribute) return attribute.NS.map(Number);
  return 'B' in attribute ? attribute.B : attribute.BS;
}

/** A whole item as JSON. */
export function fromItem(item: AttributeMap): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, attribute]) => [name, fromAttribute(attribute)]),
  );
}
