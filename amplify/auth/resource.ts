import { defineAuth } from '@aws-amplify/backend';
import { ADMIN_GROUP } from '../data/authority.ts';
import { postConfirmation } from '../functions/post-confirmation/resource.ts';

/** Anybody may sign up with an e-mail address; nobody can sign up into a group. */
export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Your HourBank code',
      verificationEmailBody: (code: () => string) => `Welcome to HourBank. Your code is ${code()}.`,
    },
  },
  /** The name other members see; the e-mail address stays in Cognito. */
  userAttributes: { nickname: { required: false, mutable: true } },
  groups: [ADMIN_GROUP],
  triggers: { postConfirmation },
});
