import type { Context, PostConfirmationTriggerEvent } from 'aws-lambda';
import { displayNameOf } from '../shared/display-name.ts';
import { memberConfirmed, type Emit } from '../shared/events.ts';
import { count, logAbout, logger } from '../shared/logger.ts';

/**
 * Says that somebody confirmed their sign-up; a rule starts the workflow that welcomes them. A failure here must not fail
 * the sign-up, which Cognito has already made: `ensureMember` at the first sign-in makes good for it.
 */
export const postConfirmation =
  (emit: Emit) =>
  async (event: PostConfirmationTriggerEvent, context: Context): Promise<PostConfirmationTriggerEvent> => {
    if (event.triggerSource !== 'PostConfirmation_ConfirmSignUp') return event; // a forgotten password comes here too
    const attributes: Record<string, string | undefined> = event.request.userAttributes;
    const userId = attributes['sub'] ?? event.userName;
    logAbout(context, { userId });
    try {
      await emit(memberConfirmed(userId, displayNameOf(attributes), new Date().toISOString()));
    } catch (error) {
      logger.error('The bus was not told', error instanceof Error ? error : new Error(String(error)));
      count('WelcomesMissed');
    }
    return event;
  };
