import { a } from '@aws-amplify/backend';

/** Names of the Lambda data sources; `backend.ts` adds them to the API. */
export const COMMAND_SOURCES = {
  requestCommands: 'RequestCommands',
  disputeCommands: 'DisputeCommands',
  adminCommands: 'AdminCommands',
  memberCommands: 'MemberCommands',
  workflowStatus: 'WorkflowStatus',
} as const;

/** One resolver for all: it hands field, arguments and caller to the Lambda and turns a refusal into a GraphQL error. */
export const commandOf = (dataSource: (typeof COMMAND_SOURCES)[keyof typeof COMMAND_SOURCES]) =>
  a.handler.custom({ dataSource, entry: './resolvers/command.js' });
