import { describe, expect, it } from 'vitest';
import { MovableClock } from '../clock/clock.ts';
import { ACCOUNT_ROOT } from '../gateway/aws-service.ts';
import { createSqs } from './sqs.ts';

const queue = {
  url: 'http://localhost/dead',
  arn: 'arn:aws:sqs:us-east-1:000000000000:dead',
  visibilityTimeout: 30_000,
};

function start() {
  const clock = new MovableClock();
  const { service } = createSqs({ queues: [queue], clock, storage: 'memory' });
  const call = (operation: string, input: Record<string, unknown> = {}) =>
    service.operations[operation]?.run({ QueueUrl: queue.url, ...input }, ACCOUNT_ROOT);
  return { call, clock };
}

describe('a queue', () => {
  it('hides a received message until its visibility timeout has passed', async () => {
    const { call, clock } = start();
    await call('SendMessage', { MessageBody: 'hello' });

    expect(await call('ReceiveMessage')).toMatchObject({ Messages: [{ Body: 'hello' }] });
    expect(await call('ReceiveMessage')).toEqual({});
    clock.advance(30_000);
    expect(await call('ReceiveMessage')).toMatchObject({
      Messages: [{ Attributes: { ApproximateReceiveCount: '2' } }],
    });
  });

  it('forgets a message that was deleted by its receipt', async () => {
    const { call } = start();
    await call('SendMessage', { MessageBody: 'hello' });
    const received = (await call('ReceiveMessage')) as { Messages: { ReceiptHandle: string }[] };

    await call('DeleteMessage', { ReceiptHandle: received.Messages[0]?.ReceiptHandle });

    expect(await call('GetQueueAttributes')).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' },
    });
  });

  it('that does not exist is refused by name', async () => {
    const { call } = start();

    await expect(async () => call('SendMessage', { QueueUrl: 'nowhere' })).rejects.toMatchObject({
      code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });
});
