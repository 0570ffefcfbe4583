/** What of a table matters to those who read and write it. Throughput, back-ups, encryption and streams do not exist here. */
export interface TableDefinition {
  readonly name: string;
  readonly key: KeySchema;
  /** Attributes of the keys: name to `S`, `N` or `B`. */
  readonly attributeTypes: Readonly<Record<string, string>>;
  readonly indexes: readonly IndexDefinition[];
}

export interface IndexDefinition {
  readonly name: string;
  readonly key: KeySchema;
  /** As `GlobalSecondaryIndex.Projection` of the API. */
  readonly projection: Readonly<{ ProjectionType: string; NonKeyAttributes?: readonly string[] }>;
}

/** As `KeySchema` of the API. */
export type KeySchema = readonly Readonly<{ AttributeName: string; KeyType: string }>[];
