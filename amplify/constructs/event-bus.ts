import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { BackendIdentity } from './backend-identity.ts';

const NAME = 'hourbank-event-bus';

/** Backends that bear the bus' plain name: production, and the embedded AWS. */
const PLAIN = ['main', 'local'];

/** The bus with the hints of what happened, and its archive. */
export class HourBankEventBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { name, permanent }: BackendIdentity) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      // Bus names are unique in an account and region: the sandboxes of two developers must not collide.
      eventBusName: PLAIN.includes(name) ? NAME : `${NAME}-${name}`,
    });
    this.bus.archive('Archive', {
      description: 'Everything that was put on the bus, for replay and audit',
      eventPattern: { account: [Stack.of(this).account] },
      retention: Duration.days(permanent ? 365 : 7),
    });
  }
}
