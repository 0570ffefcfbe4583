import type { a } from '@aws-amplify/backend';

/** The one group. Its members are made by an admin in Cognito, never by a request of their own. */
export const ADMIN_GROUP = 'admin';

type Allow = Parameters<Parameters<ReturnType<typeof a.model>['authorization']>[0]>[0];

/** The members whose ids (Cognito sub) stand in these fields may read, and admins. */
export function partiesAndAdminsRead<const Field extends string>(...fields: readonly Field[]) {
  return (allow: Allow) => [
    ...fields.map((field) => allow.ownerDefinedIn(field).identityClaim('sub').to(['read'])),
    allow.group(ADMIN_GROUP).to(['read']),
  ];
}
