/** Where functions count what happens, as CloudWatch finds it; an alarm names the same. */
export const METRICS = { namespace: 'HourBank', service: 'hourbank' } as const;

/** What all functions share; Amplify's own defaults are 3 s, x86_64 and the oldest Node.js. */
const EVERY_FUNCTION = {
  runtime: 24,
  architecture: 'arm64',
  memoryMB: 512,
  logging: { format: 'json', level: 'info', retention: '1 month' },
} as const;

/** Behind the GraphQL API, in its stack: a member is waiting. */
export const API_FUNCTION = {
  ...EVERY_FUNCTION,
  timeoutSeconds: 15,
  resourceGroupName: 'data',
} as const;

/** Behind a state machine or a rule: shorter than the task's own 60 s, so that the function's error is the one seen. */
export const WORKER = {
  ...EVERY_FUNCTION,
  timeoutSeconds: 30,
  resourceGroupName: 'workflow',
} as const;

/** Called by Cognito, which gives up after 5 s. */
export const AUTH_TRIGGER = {
  ...EVERY_FUNCTION,
  timeoutSeconds: 5,
  resourceGroupName: 'auth',
} as const;
