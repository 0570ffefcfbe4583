import type { Clock } from '../clock/clock.ts';
import type { AwsApi } from '../gateway/aws-service.ts';
import { codeExpired, codeMismatch, tooManyAttempts } from './cognito-errors.ts';
import type { Mailbox } from './mailbox.ts';
import type { MailTemplate } from './pool-config.ts';
import { runTrigger } from './triggers.ts';
import type { UserPool } from './user-pool.ts';
import type { User } from './user.ts';
import { sendCode, takeCode, type CodePurpose } from './verification-codes.ts';

export interface CodeMessage {
  readonly pool: UserPool;
  readonly user: User;
  readonly purpose: CodePurpose;
  /** Where the code goes: the value of `attribute`, or the new one that is being verified. */
  readonly attribute: string;
  readonly destination: string;
  /** Source of the CustomMessage trigger, such as `CustomMessage_SignUp`. */
  readonly source: string;
  readonly clientId?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Sends codes and takes them back. */
export class CodeDelivery {
  private readonly mailbox: Mailbox;
  private readonly aws: AwsApi;
  private readonly clock: Clock;

  constructor(mailbox: Mailbox, aws: AwsApi, clock: Clock) {
    this.mailbox = mailbox;
    this.aws = aws;
    this.clock = clock;
  }

  /** Throws LimitExceededException when too many codes were asked for. Returns Cognito's `CodeDeliveryDetails`. */
  async send(message: CodeMessage) {
    const { pool, user, purpose, attribute, destination } = message;
    const sent = sendCode(user.codes, purpose, this.clock.now());
    if (!sent) throw tooManyAttempts();
    pool.save({ ...user, codes: sent.codes });
    await this.mail({ ...message, template: pool.config.verificationMail, code: sent.code });
    return deliveryDetails(attribute, destination);
  }

  /** Sends an administrator's invitation with a temporary password. */
  async invite(message: Omit<CodeMessage, 'purpose' | 'source'>, temporaryPassword: string): Promise<void> {
    await this.mail({
      ...message,
      source: 'CustomMessage_AdminCreateUser',
      template: message.pool.config.invitationMail,
      code: temporaryPassword,
    });
  }

  /**
   * Returns the user without the code that was used up, not yet saved. Throws CodeMismatchException,
   * ExpiredCodeException or LimitExceededException; a wrong code is counted.
   */
  take(pool: UserPool, user: User, purpose: CodePurpose, code: string): User {
    const { outcome, codes } = takeCode(user.codes, purpose, code, this.clock.now());
    const after = { ...user, codes };
    switch (outcome) {
      case 'right':
        return after;
      case 'wrong':
        pool.save(after);
        throw codeMismatch();
      case 'expired':
        throw codeExpired();
      case 'too many attempts':
        throw tooManyAttempts();
    }
  }

  private async mail(
    message: Omit<CodeMessage, 'purpose'> & { readonly template: MailTemplate; readonly code: string },
  ): Promise<void> {
    const { pool, user, destination, template, code } = message;
    const custom = await runTrigger(this.aws, {
      pool,
      trigger: 'CustomMessage',
      source: message.source,
      username: user.username,
      clientId: message.clientId,
      request: {
        userAttributes: { ...user.attributes, 'cognito:user_status': user.status },
        codeParameter: '{####}',
        usernameParameter: '{username}',
        clientMetadata: message.clientMetadata ?? {},
      },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    });
    const subject = custom['emailSubject'];
    const body = custom['emailMessage'];
    this.mailbox.deliver({
      to: destination,
      subject: typeof subject === 'string' ? subject : template.subject,
      body: (typeof body === 'string' ? body : template.message)
        .replaceAll('{####}', code)
        .replaceAll('{username}', user.username),
      code,
      at: new Date(this.clock.now()).toISOString(),
    });
  }
}

/** Cognito's `CodeDeliveryDetailsType`, with the destination masked as Cognito masks it. */
export function deliveryDetails(attribute: string, destination: string) {
  return attribute === 'email'
    ? {
        AttributeName: attribute,
        DeliveryMedium: 'EMAIL',
        Destination: destination.replace(/^(.).*@(.).*$/, '$1***@$2***'),
      }
    : {
        AttributeName: attribute,
        DeliveryMedium: 'SMS',
        Destination: destination.replace(/^(\+).*(\d{4})$/, '$1*******$2'),
      };
}
