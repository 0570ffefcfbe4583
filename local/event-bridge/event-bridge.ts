import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { ACCOUNT_ID, AwsServiceError, REGION } from '../gateway/aws-service.ts';
import type { AwsApi, AwsService, Permission } from '../gateway/aws-service.ts';
import type { Storage } from '../storage/open-database.ts';
import { checkTarget, deliver } from './deliver.ts';
import { DeliveryJournal } from './delivery-journal.ts';
import type { Delivery } from './delivery-journal.ts';
import type { BusEvent } from './event.ts';
import { matchesPattern } from './event-pattern.ts';
import { busName } from './from-assembly.ts';
import type { Rule } from './rule.ts';

export interface EventBridgeOptions {
  readonly buses: readonly string[];
  readonly rules: readonly Rule[];
  readonly aws: AwsApi;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly log: (line: string) => void;
  /**
   * Stands between a rule and each delivery to a target, to do what EventBridge may: deliver twice, or late. What it
   * throws counts as the target's refusal.
   */
  readonly onDeliver?: (event: BusEvent, deliver: () => Promise<void>) => Promise<void>;
}

export interface EventBridge {
  readonly service: AwsService;
  /** What an AWS service itself says on the default bus, such as a state machine's change of status. */
  publish(event: Pick<BusEvent, 'source' | 'detail-type' | 'resources' | 'detail'>): void;
  /** Takes up what a crash left undelivered, and starts the schedules. */
  start(): void;
  /** Resolves when nothing is on its way (deliveries that wait for a retry not counted). */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface Entry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
}

const MAX_ENTRIES = 10;
const MAX_BYTES = 262_144;
/** Milliseconds before the second attempt; doubles up to `LONGEST_DELAY`. */
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 300_000;

/** Buses, rules, schedules and deliveries that outlive a crash. Throws for a target that it cannot serve. */
export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const { aws, clock, rules, log } = options;
  for (const target of rules.flatMap((rule) => rule.targets)) checkTarget(target);
  const buses = new Set(options.buses);
  const journal = new DeliveryJournal(options.storage);
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  function track(work: Promise<void>): void {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  function route(bus: string, event: BusEvent): void {
    const matching = rules.filter(
      (rule) => rule.bus === bus && rule.pattern && matchesPattern(rule.pattern, event),
    );
    send(matching, event);
  }

  function send(matching: readonly Rule[], event: BusEvent): void {
    const deliveries = matching.flatMap((rule) =>
      rule.targets.map((target) => ({ rule: rule.arn, target: target.id, event, nextAttempt: clock.now() })),
    );
    for (const delivery of journal.add(deliveries)) attempt(delivery);
  }

  function attempt(delivery: Delivery): void {
    const rule = rules.find(({ arn }) => arn === delivery.rule);
    const target = rule?.targets.find(({ id }) => id === delivery.target);
    if (!rule || !target) {
      journal.remove(delivery);
      return;
    }
    const deliverNow = () => deliver(aws, rule, target, delivery.event);
    const delivered = options.onDeliver ? options.onDeliver(delivery.event, deliverNow) : deliverNow();
    track(
      delivered.then(
        () => {
          if (!stopping.signal.aborted) journal.remove(delivery);
        },
        async (error: unknown) => {
          if (stopping.signal.aborted) return;
          const reason = error instanceof Error ? error.message : String(error);
          const age = clock.now() - Date.parse(delivery.event.time);
          if (
            isFinal(error) ||
            delivery.attempts >= target.maximumRetryAttempts ||
            age > target.maximumEventAge
          ) {
            log(`${rule.name}: gave up on ${target.arn}: ${reason}`);
            if (target.deadLetterArn) await bury(target.deadLetterArn, rule, delivery, reason);
            journal.remove(delivery);
          } else retry(delivery);
        },
      ),
    );
  }

  function retry(delivery: Delivery): void {
    const delay = Math.min(FIRST_DELAY * 2 ** delivery.attempts, LONGEST_DELAY);
    const later = { ...delivery, attempts: delivery.attempts + 1, nextAttempt: clock.now() + delay };
    journal.retryLater(later);
    attemptWhenDue(later);
  }

  function attemptWhenDue(delivery: Delivery): void {
    clock.until(delivery.nextAttempt, stopping.signal).then(
      () => {
        attempt(delivery);
      },
      () => undefined, // stopped: the journal still has it
    );
  }

  async function bury(queue: string, rule: Rule, delivery: Delivery, reason: string): Promise<void> {
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
    await aws
      .call(
        'sqs',
        'SendMessage',
        {
          QueueUrl: queue,
          MessageBody: JSON.stringify(delivery.event),
          MessageAttributes: {
            RULE_ARN: attribute(rule.arn),
            ERROR_MESSAGE: attribute(reason.slice(0, 1000)),
            RETRY_ATTEMPTS: attribute(String(delivery.attempts)),
          },
        },
        { arn: 'events.amazonaws.com', sourceArn: rule.arn },
      )
      .catch((error: unknown) => {
        log(`${rule.name}: the dead-letter queue refused an event: ${String(error)}`);
      });
  }

  /** One run a passing of the interval: a clock moved past many of them runs the schedule once. */
  async function runSchedule(rule: Rule, every: number): Promise<void> {
    for (;;) {
      await clock.until(clock.now() + every, stopping.signal);
      send([rule], stamp('aws.events', 'Scheduled Event', {}, [rule.arn]));
    }
  }

  function stamp(
    source: string,
    detailType: string,
    detail: unknown,
    resources: readonly string[] = [],
  ): BusEvent {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: ACCOUNT_ID,
      time: new Date(clock.now()).toISOString(),
      region: REGION,
      resources,
      detail,
    };
  }

  function putEntry(entry: Entry): { EventId: string } | { ErrorCode: string; ErrorMessage: string } {
    const bus = busName(entry.EventBusName);
    if (!buses.has(bus))
      return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${bus} does not exist.` };
    for (const name of ['Source', 'DetailType', 'Detail'] as const)
      if (!entry[name])
        return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid.` };
    if (entry.Source?.startsWith('aws.'))
      return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
    const detail = parseObject(entry.Detail ?? '');
    if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const event = stamp(entry.Source ?? '', entry.DetailType ?? '', detail, entry.Resources);
    route(bus, event);
    return { EventId: event.id };
  }

  function putEvents(input: Readonly<Record<string, unknown>>) {
    const entries = (input['Entries'] ?? []) as readonly Entry[];
    if (entries.length === 0 || entries.length > MAX_ENTRIES)
      throw new AwsServiceError('ValidationException', `Entries must have 1 to ${MAX_ENTRIES} members`);
    if (Buffer.byteLength(JSON.stringify(entries)) > MAX_BYTES)
      throw new AwsServiceError(
        'ValidationException',
        'Total size of the entries in the request is over the limit.',
      );
    const results = entries.map(putEntry);
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  return {
    service: {
      name: 'events',
      target: 'AWSEvents',
      jsonVersion: '1.1',
      operations: {
        PutEvents: {
          permissions: putPermissions,
          run: (input) => Promise.resolve(putEvents(input)),
        },
        ListRules: {
          permissions: () => [{ action: 'events:ListRules', resource: '*' }],
          run: (input) => Promise.resolve({ Rules: listRules(rules, input['EventBusName']) }),
        },
      },
    },
    publish: (event) => {
      route('default', stamp(event.source, event['detail-type'], event.detail, event.resources));
    },
    start: () => {
      for (const delivery of journal.pending()) attemptWhenDue(delivery);
      for (const rule of rules)
        if (rule.every !== undefined) runSchedule(rule, rule.every).catch(() => undefined); // ends when stopped
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(underWay);
      journal.close();
    },
  };
}

/** What no retry mends: an input that cannot be made, or a call that IAM refuses. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof AwsServiceError && error.code === 'AccessDeniedException')
  );
}

function putPermissions(input: Readonly<Record<string, unknown>>): Permission[] {
  const entries = (input['Entries'] ?? []) as readonly Entry[];
  const names = new Set(entries.map((entry) => busName(entry.EventBusName)));
  return [...names].map((bus) => ({
    action: 'events:PutEvents',
    resource: `arn:aws:events:${REGION}:${ACCOUNT_ID}:event-bus/${bus}`,
  }));
}

function listRules(rules: readonly Rule[], bus: unknown): unknown[] {
  const name = busName(typeof bus === 'string' ? bus : undefined);
  return rules
    .filter((rule) => rule.bus === name)
    .map((rule) => ({
      Name: rule.name,
      Arn: rule.arn,
      EventBusName: rule.bus,
      State: 'ENABLED',
      ...(rule.pattern && { EventPattern: JSON.stringify(rule.pattern) }),
    }));
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
