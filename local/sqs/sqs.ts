import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { AwsServiceError } from '../gateway/aws-service.ts';
import type { AwsOperation, AwsService } from '../gateway/aws-service.ts';
import { openDatabase } from '../storage/open-database.ts';
import type { Storage } from '../storage/open-database.ts';

/** A standard queue. */
export interface Queue {
  readonly url: string;
  readonly arn: string;
  /** Milliseconds that a received message stays hidden. */
  readonly visibilityTimeout: number;
}

export interface Sqs {
  readonly service: AwsService;
  close(): void;
}

type Input = Readonly<Record<string, unknown>>;

const SCHEMA = `CREATE TABLE IF NOT EXISTS message (
  id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
  visibleAt REAL NOT NULL, receipt TEXT, received INTEGER NOT NULL, sentAt REAL NOT NULL) STRICT`;

/** Standard queues with what a dead-letter queue needs: send, receive, delete, count. */
export function createSqs(options: {
  readonly queues: readonly Queue[];
  readonly clock: Clock;
  readonly storage: Storage;
}): Sqs {
  const { clock } = options;
  const database = openDatabase(options.storage, 'sqs', SCHEMA);

  /** A queue is named by its URL; services name it by its ARN. */
  function find(input: Input): Queue {
    const queue = options.queues.find(
      ({ url, arn }) => input['QueueUrl'] === url || input['QueueUrl'] === arn,
    );
    if (!queue)
      throw new AwsServiceError(
        'AWS.SimpleQueueService.NonExistentQueue',
        'The specified queue does not exist.',
      );
    return queue;
  }

  function operation(action: string, run: (queue: Queue, input: Input) => unknown): AwsOperation {
    return {
      permissions: (input) => [{ action: `sqs:${action}`, resource: find(input).arn }],
      run: (input) => Promise.resolve(run(find(input), input)),
    };
  }

  function send(queue: Queue, input: Input) {
    const id = randomUUID();
    const body = String(input['MessageBody']);
    database
      .prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?, NULL, 0, ?)')
      .run(
        id,
        queue.arn,
        body,
        JSON.stringify(input['MessageAttributes'] ?? {}),
        clock.now() + Number(input['DelaySeconds'] ?? 0) * 1000,
        clock.now(),
      );
    return { MessageId: id, MD5OfMessageBody: md5(body) };
  }

  function receive(queue: Queue, input: Input) {
    const hidden = Number(input['VisibilityTimeout'] ?? queue.visibilityTimeout / 1000) * 1000;
    const rows = database
      .prepare('SELECT * FROM message WHERE queue = ? AND visibleAt <= ? ORDER BY sentAt LIMIT ?')
      .all(queue.arn, clock.now(), Number(input['MaxNumberOfMessages'] ?? 1));
    const messages = rows.map((row) => {
      const receipt = randomUUID();
      database
        .prepare('UPDATE message SET receipt = ?, visibleAt = ?, received = received + 1 WHERE id = ?')
        .run(receipt, clock.now() + hidden, String(row['id']));
      return {
        MessageId: row['id'],
        ReceiptHandle: receipt,
        Body: row['body'],
        MD5OfBody: md5(String(row['body'])),
        MessageAttributes: JSON.parse(String(row['attributes'])) as unknown,
        Attributes: {
          ApproximateReceiveCount: String(Number(row['received']) + 1),
          SentTimestamp: String(row['sentAt']),
        },
      };
    });
    return messages.length ? { Messages: messages } : {};
  }

  function count(queue: Queue) {
    const visible = database
      .prepare('SELECT count(*) AS total FROM message WHERE queue = ? AND visibleAt <= ?')
      .get(queue.arn, clock.now());
    const all = database.prepare('SELECT count(*) AS total FROM message WHERE queue = ?').get(queue.arn);
    return {
      Attributes: {
        QueueArn: queue.arn,
        ApproximateNumberOfMessages: String(visible?.['total']),
        ApproximateNumberOfMessagesNotVisible: String(Number(all?.['total']) - Number(visible?.['total'])),
      },
    };
  }

  return {
    service: {
      name: 'sqs',
      target: 'AmazonSQS',
      jsonVersion: '1.0',
      operations: {
        SendMessage: operation('SendMessage', send),
        ReceiveMessage: operation('ReceiveMessage', receive),
        DeleteMessage: operation('DeleteMessage', (queue, input) => {
          database
            .prepare('DELETE FROM message WHERE queue = ? AND receipt = ?')
            .run(queue.arn, String(input['ReceiptHandle']));
          return {};
        }),
        GetQueueAttributes: operation('GetQueueAttributes', count),
        ListQueues: {
          permissions: () => [{ action: 'sqs:ListQueues', resource: '*' }],
          run: () => Promise.resolve({ QueueUrls: options.queues.map(({ url }) => url) }),
        },
      },
    },
    close: () => {
      database.close();
    },
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
