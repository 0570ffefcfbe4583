import { connect } from '../shared/dynamo.ts';
import { operations } from '../shared/refusals.ts';
import { conversationCommands } from './conversation-commands.ts';
import { requestCommands } from './request-commands.ts';

const dynamo = connect();

export const handler = operations({ ...requestCommands(dynamo), ...conversationCommands(dynamo) });
