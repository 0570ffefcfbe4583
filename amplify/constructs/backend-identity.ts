import type { Construct } from 'constructs';

/** Which backend this is: Amplify hands it over in the CDK context. */
export interface BackendIdentity {
  /** Branch or sandbox identifier, fit for names of AWS resources; at most 40 characters. */
  readonly name: string;
  /** Deployed for good from a branch: data is protected and kept. A sandbox is thrown away with its data. */
  readonly permanent: boolean;
}

export function backendIdentity(scope: Construct): BackendIdentity {
  const name: unknown = scope.node.tryGetContext('amplify-backend-name');
  const type: unknown = scope.node.tryGetContext('amplify-backend-type');
  if (typeof name !== 'string' || name === '')
    throw new Error('The CDK context names no backend (amplify-backend-name)');
  return {
    name: name.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 40),
    permanent: type === 'branch',
  };
}
