import { defineFunction } from '@aws-amplify/backend';
import { AUTH_TRIGGER } from '../settings.ts';

/** Tells the bus that a member has confirmed the sign-up. */
export const postConfirmation = defineFunction({ ...AUTH_TRIGGER, name: 'post-confirmation' });
