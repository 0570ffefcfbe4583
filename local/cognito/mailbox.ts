/** A message that Cognito would have sent; nothing leaves the machine. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** The code, or the temporary password, that the message carries. */
  readonly code: string;
  /** ISO, by the embedded clock. */
  readonly at: string;
}

const KEPT = 200;

/** Latest first; not kept over a restart. */
export class Mailbox {
  private readonly received: Mail[] = [];
  private readonly onMail: (mail: Mail) => void;

  constructor(onMail: (mail: Mail) => void) {
    this.onMail = onMail;
  }

  deliver(mail: Mail): void {
    this.received.unshift(mail);
    this.received.length = Math.min(this.received.length, KEPT);
    this.onMail(mail);
  }

  mails(): readonly Mail[] {
    return [...this.received];
  }
}
