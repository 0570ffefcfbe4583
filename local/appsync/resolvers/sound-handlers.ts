import { AppSyncConfigurationError, type AppSyncApi } from '../appsync-api.ts';
import { templateProblem } from '../velocity/template-check.ts';
import { createResolverHost } from './resolver-host.ts';

/**
 * Throws AppSyncConfigurationError for a template or code that cannot run: on AWS it would be refused when it is
 * deployed.
 */
export function requireSoundHandlers(api: AppSyncApi): void {
  const { util, extensions } = createResolverHost(
    { authMode: api.authModes[0], subscription: {}, invalidations: [] },
    { fieldName: '', parentTypeName: '', appendError: () => undefined },
    { now: () => 0 },
  );
  const roots = { util, utils: util, extensions };
  const named = [
    ...api.functions.map(({ name, handlers }) => ({ name, handlers })),
    ...api.resolvers.map(({ typeName, fieldName, handlers }) => ({
      name: `${typeName}.${fieldName}`,
      handlers,
    })),
  ];
  const sound = new Set<string>(); // many functions share a template
  for (const { name, handlers } of named) {
    if (handlers.runtime === 'APPSYNC_JS') {
      requireKnownImports(name, handlers.code);
      continue;
    }
    for (const phase of ['request', 'response'] as const) {
      const template = handlers[phase] ?? '';
      const problem = sound.has(template) ? undefined : templateProblem(template, roots);
      if (problem !== undefined)
        throw new AppSyncConfigurationError(`The ${phase} template of ${name}: ${problem}`);
      sound.add(template);
    }
  }
}

/** Only `@aws-appsync/utils` itself is there; its helpers for DynamoDB and RDS are not. */
function requireKnownImports(name: string, code: string): void {
  for (const [, module = ''] of code.matchAll(/^\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]/gm))
    if (module !== '@aws-appsync/utils')
      throw new AppSyncConfigurationError(`The code of ${name}: ${module} cannot be imported here`);
}
