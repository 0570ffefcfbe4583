import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import type { IndexDefinition, KeySchema, TableDefinition } from './table-definition.ts';

interface ModelKey {
  readonly attributeName: string;
  readonly keyType: string;
}

/** Amplify's table resource: the API's shapes with small first letters. */
interface ModelTable {
  readonly tableName: string;
  readonly keySchema: readonly ModelKey[];
  readonly attributeDefinitions: readonly {
    readonly attributeName: string;
    readonly attributeType: string;
  }[];
  readonly globalSecondaryIndexes?: readonly {
    readonly indexName: string;
    readonly keySchema: readonly ModelKey[];
    readonly projection: { readonly projectionType: string; readonly nonKeyAttributes?: readonly string[] };
  }[];
}

interface Table {
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: KeySchema;
    readonly Projection: IndexDefinition['projection'];
  }[];
}

/** All tables of a synthesized backend: those of Amplify's models and plain ones. */
export function tablesFromAssembly(assembly: Assembly): TableDefinition[] {
  return [
    ...assembly.ofType('Custom::AmplifyDynamoDBTable').map(fromModelTable),
    ...assembly.ofType('AWS::DynamoDB::Table').map(fromTable),
  ];
}

function fromModelTable(resource: AssemblyResource): TableDefinition {
  const table = resource.properties as unknown as ModelTable; // the shape that Amplify's generator writes
  return {
    name: resource.ref,
    key: keyOf(table.keySchema),
    attributeTypes: Object.fromEntries(
      table.attributeDefinitions.map(({ attributeName, attributeType }) => [attributeName, attributeType]),
    ),
    indexes: (table.globalSecondaryIndexes ?? []).map(({ indexName, keySchema, projection }) => ({
      name: indexName,
      key: keyOf(keySchema),
      projection: {
        ProjectionType: projection.projectionType,
        ...(projection.nonKeyAttributes && { NonKeyAttributes: projection.nonKeyAttributes }),
      },
    })),
  };
}

function keyOf(keys: readonly ModelKey[]): KeySchema {
  return keys.map(({ attributeName, keyType }) => ({ AttributeName: attributeName, KeyType: keyType }));
}

function fromTable(resource: AssemblyResource): TableDefinition {
  const table = resource.properties as unknown as Table; // the shape of AWS::DynamoDB::Table
  return {
    name: resource.ref,
    key: table.KeySchema,
    attributeTypes: Object.fromEntries(
      table.AttributeDefinitions.map(({ AttributeName: name, AttributeType: type }) => [name, type]),
    ),
    indexes: (table.GlobalSecondaryIndexes ?? []).map((index) => ({
      name: index.IndexName,
      key: index.KeySchema,
      projection: index.Projection,
    })),
  };
}
