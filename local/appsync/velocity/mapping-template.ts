import { ResolverError } from '../resolver-error.ts';
import { toPlain } from './java-collections.ts';
import { render } from './interpreter.ts';

export interface TemplateResult {
  /** The JSON that the template printed or returned; null where it printed nothing. */
  readonly value: unknown;
  /** Whether it ended by `#return`, which skips the data source. */
  readonly returned: boolean;
}

/**
 * Renders a mapping template to JSON. Throws ResolverError: what the template raised, or `MappingTemplate` where its
 * text is no JSON.
 */
export function renderMappingTemplate(
  source: string,
  variables: Readonly<Record<string, unknown>>,
): TemplateResult {
  const { text, returned } = render(source, variables);
  if (returned) return { value: returnedValue(returned.value), returned: true };
  const json = text.trim();
  return { value: json === '' ? null : parseOutput(json), returned: false };
}

/** `#return($util.toJson($x))` and `#return($x)` mean the same. */
function returnedValue(value: unknown): unknown {
  if (typeof value !== 'string') return toPlain(value);
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function parseOutput(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new ResolverError(`Unable to parse the JSON document: '${json}'`, 'MappingTemplate');
  }
}
