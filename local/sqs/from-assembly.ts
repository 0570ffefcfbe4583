import type { Assembly } from '../assembly/assembly.ts';
import type { Queue } from './sqs.ts';

/** The queues of a synthesized backend. */
export function queuesFromAssembly(assembly: Assembly): Queue[] {
  return assembly.ofType('AWS::SQS::Queue').map((queue) => ({
    url: queue.ref,
    arn: queue.arn ?? queue.ref,
    visibilityTimeout: Number(queue.properties['VisibilityTimeout'] ?? 30) * 1000,
  }));
}
