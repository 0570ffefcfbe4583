import { toAttribute, type Attribute } from '../data-sources/attribute-values.ts';
import { ResolverError } from '../resolver-error.ts';

export interface DynamoDBExpression {
  /** Empty where the filter says nothing. */
  readonly expression: string;
  readonly expressionNames: Readonly<Record<string, string>>;
  readonly expressionValues: Readonly<Record<string, Attribute>>;
}

/**
 * Turns a GraphQL filter or condition into a DynamoDB expression, as AppSync's `toDynamoDBFilterExpression` does.
 * Throws ResolverError for an operator that does not exist.
 */
export function toDynamoDBExpression(filter: Readonly<Record<string, unknown>>): DynamoDBExpression {
  const builder = new ExpressionBuilder();
  const condition = builder.conjunction(filter);
  return {
    expression: condition === undefined ? '' : print(condition),
    expressionNames: builder.names,
    expressionValues: builder.values,
  };
}

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};
const ATTRIBUTE_TYPES: Readonly<Record<string, string>> = {
  string: 'S',
  number: 'N',
  binary: 'B',
  bool: 'BOOL',
  list: 'L',
  map: 'M',
  stringSet: 'SS',
  numberSet: 'NS',
  binarySet: 'BS',
  _null: 'NULL',
};

/** A comparison, or comparisons joined; brackets are set when it is printed, for DynamoDB refuses redundant ones. */
type Condition =
  | string
  | { readonly join: 'AND' | 'OR'; readonly parts: readonly Condition[] }
  | { readonly not: Condition };

class ExpressionBuilder {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, Attribute> = {};

  /** All members of a filter hold at once; undefined where there are none. */
  conjunction(filter: Readonly<Record<string, unknown>>): Condition | undefined {
    const parts = Object.entries(filter)
      .filter(([, member]) => member !== null && member !== undefined)
      .flatMap(([key, member]) => this.member(key, member));
    return joined('AND', parts);
  }

  private member(key: string, member: unknown): readonly Condition[] {
    if (key === 'and' || key === 'or') {
      const filters = Array.isArray(member) ? member : [member];
      const parts = filters.map((filter) => this.conjunction(asFilter(filter))).filter(isPresent);
      return [joined(key === 'and' ? 'AND' : 'OR', parts)].filter(isPresent);
    }
    if (key === 'not') {
      const inner = this.conjunction(asFilter(member));
      return inner === undefined ? [] : [{ not: inner }];
    }
    return this.field(key, asFilter(member));
  }

  private field(field: string, operators: Readonly<Record<string, unknown>>): readonly Condition[] {
    const name = `#${field.replaceAll(/[^A-Za-z0-9_]/g, '_')}`;
    this.names[name] = field;
    return Object.entries(operators).flatMap<Condition>(([operator, operand]) =>
      operator === 'size'
        ? this.sizes(field, name, asFilter(operand))
        : [this.comparison(field, name, operator, operand)],
    );
  }

  private comparison(field: string, name: string, operator: string, operand: unknown): Condition {
    const value = (of: unknown, suffix = '') => this.value(`${field}_${operator}${suffix}`, of);
    const comparison = COMPARISONS[operator];
    if (comparison !== undefined) return `${name} ${comparison} ${value(operand)}`;
    switch (operator) {
      case 'contains':
        return `contains(${name}, ${value(operand)})`;
      case 'notContains':
        return { not: `contains(${name}, ${value(operand)})` };
      case 'beginsWith':
        return `begins_with(${name}, ${value(operand)})`;
      case 'between':
        return this.between(name, field, operand);
      case 'in': {
        const items = Array.isArray(operand) ? operand : [operand];
        return `${name} IN (${items.map((item, index) => value(item, `_${index}`)).join(', ')})`;
      }
      case 'attributeExists':
        return `${operand === true ? 'attribute_exists' : 'attribute_not_exists'}(${name})`;
      case 'attributeType':
        return `attribute_type(${name}, ${value(ATTRIBUTE_TYPES[String(operand)] ?? operand)})`;
      default:
        throw new ResolverError(
          `Unknown filter operator '${operator}' on field '${field}'`,
          'MappingTemplate',
        );
    }
  }

  private sizes(
    field: string,
    name: string,
    operators: Readonly<Record<string, unknown>>,
  ): readonly string[] {
    return Object.entries(operators).map(([operator, operand]) =>
      operator === 'between'
        ? this.between(`size(${name})`, `${field}_size`, operand)
        : `size(${name}) ${COMPARISONS[operator] ?? '='} ${this.value(`${field}_size_${operator}`, operand)}`,
    );
  }

  private between(operand: string, field: string, bounds: unknown): string {
    const [from, to] = Array.isArray(bounds) ? (bounds as readonly unknown[]) : [];
    return `${operand} BETWEEN ${this.value(`${field}_between_0`, from)} AND ${this.value(`${field}_between_1`, to)}`;
  }

  /** The placeholder of a value; one field may be asked twice with different ones. */
  private value(name: string, value: unknown): string {
    const wanted = `:${name.replaceAll(/[^A-Za-z0-9_]/g, '_')}`;
    let placeholder = wanted;
    for (let count = 1; placeholder in this.values; count++) placeholder = `${wanted}_${count}`;
    this.values[placeholder] = toAttribute(value);
    return placeholder;
  }
}

function joined(join: 'AND' | 'OR', parts: readonly Condition[]): Condition | undefined {
  return parts.length > 1 ? { join, parts } : parts[0];
}

function print(condition: Condition): string {
  if (typeof condition === 'string') return condition;
  if ('not' in condition) return `NOT ${printInside(condition.not)}`;
  return condition.parts.map(printInside).join(` ${condition.join} `);
}

function printInside(condition: Condition): string {
  return typeof condition === 'string' ? condition : `(${print(condition)})`;
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function asFilter(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new ResolverError(
      `Unable to process the filter expression ${JSON.stringify(value)}`,
      'MappingTemplate',
    );
  return value as Readonly<Record<string, unknown>>;
}
