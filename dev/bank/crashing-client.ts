import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Crash } from './bank.ts';

/** What a function that crashed would not have lived to throw; no retry of its own mends it. */
class Crashed extends Error {
  override readonly name = 'Crashed';
}

const WRITES = new Set(['TransactWriteCommand', 'PutCommand', 'UpdateCommand']);

type Send = DynamoDBDocumentClient['send'];

/** A client of DynamoDB whose function can be made to crash before or after one of its writes. */
export class CrashingClient {
  readonly client: DynamoDBDocumentClient;
  private crash: { readonly side: string; left: number } | undefined;

  constructor(dynamo: DynamoDBDocumentClient) {
    const send = async (command: Parameters<Send>[0]) => {
      const strikes = WRITES.has(command.constructor.name) && this.isNext();
      if (strikes === 'BEFORE') throw new Crashed();
      const answer = await dynamo.send(command);
      if (strikes === 'AFTER') throw new Crashed();
      return answer;
    };
    this.client = Object.assign(Object.create(dynamo) as DynamoDBDocumentClient, { send });
  }

  /** Runs a step until it crashes; one that writes less often ends in peace. Throws what it throws for another reason. */
  async during(crash: Crash, step: () => Promise<unknown>): Promise<void> {
    const [, side = '', left = ''] = crash.split(' ');
    this.crash = { side, left: Number(left) };
    try {
      await step();
    } catch (error) {
      if (this.isStillToCome()) throw error;
    } finally {
      this.crash = undefined;
    }
  }

  private isStillToCome(): boolean {
    return this.crash !== undefined;
  }

  /** The side of a write on which it crashes, if it is this one. */
  private isNext(): string | false {
    if (!this.crash) return false;
    this.crash.left -= 1;
    if (this.crash.left > 0) return false;
    const { side } = this.crash;
    this.crash = undefined;
    return side;
  }
}
