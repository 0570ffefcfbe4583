import type { EventPattern } from './event-pattern.ts';

/** Where a rule sends what it matches. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  readonly deadLetterArn?: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: InputTransformer;
  /** For a GraphQL API: the operation whose variables the input is. */
  readonly graphqlOperation?: string;
  readonly maximumRetryAttempts: number;
  /** Milliseconds. */
  readonly maximumEventAge: number;
}

/** Paths into the event by name, and the text that they are put into. */
export interface InputTransformer {
  readonly paths: Readonly<Record<string, string>>;
  readonly template: string;
}

/** A rule on a bus: a pattern, or a schedule in milliseconds. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly pattern?: EventPattern;
  readonly every?: number;
  readonly targets: readonly Target[];
}
