import { ResolverError, unauthorized } from '../resolver-error.ts';
import type { HostFunctions } from '../velocity/host-object.ts';
import { isNull, text } from './arguments.ts';

export interface ErrorScope {
  readonly fieldName: string;
  readonly parentTypeName: string;
  /** Reports an error beside the field's value (`util.appendError`). */
  appendError(error: ResolverError): void;
}

/** The functions that end a resolver, and `appendError`, which does not. */
export function errorUtil(scope: ErrorScope): HostFunctions {
  return {
    error(message, type, data, info) {
      throw new ResolverError(text(message), typeOrNull(type), data ?? null, info ?? null);
    },
    appendError(message, type, data, info) {
      scope.appendError(new ResolverError(text(message), typeOrNull(type), data ?? null, info ?? null));
      return '';
    },
    unauthorized() {
      throw unauthorized(scope.fieldName, scope.parentTypeName);
    },
    validate(condition, message, type, data) {
      if (condition !== true)
        throw new ResolverError(text(message), typeOrNull(type) ?? 'CustomTemplateException', data ?? null);
      return '';
    },
  };
}

function typeOrNull(type: unknown): string | null {
  return isNull(type) ? null : text(type);
}
