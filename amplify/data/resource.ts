import { a, defineData, type ClientSchema } from '@aws-amplify/backend';
import { adminCommands } from './admin-commands.ts';
import { commands } from './commands.ts';
import { conversationCommands } from './conversation-commands.ts';
import { disputeCommands } from './dispute-commands.ts';
import { disputes } from './disputes.ts';
import { members } from './members.ts';
import { money } from './money.ts';
import { offers } from './offers.ts';
import { progress } from './progress.ts';
import { requests } from './requests.ts';

const schema = a.schema({
  ...requests,
  ...money,
  ...members,
  ...offers,
  ...disputes,
  ...commands,
  ...disputeCommands,
  ...adminCommands,
  ...conversationCommands,
  ...progress,
});

/** What the app types its client with. */
export type Schema = ClientSchema<typeof schema>;

export const data = defineData({
  schema,
  authorizationModes: { defaultAuthorizationMode: 'userPool' },
});
