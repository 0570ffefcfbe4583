/** A function as the embedded Lambda runs it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** Short name for logs: Amplify's own name of the function where it has one. */
  readonly title: string;
  readonly roleArn: string;
  /** Directory with the unpacked code. */
  readonly codeDirectory: string;
  /** File (without its extension) and export, such as `index.handler`. */
  readonly handler: string;
  /** Such as `nodejs22.x`. The code runs on this process's own Node, whatever it says. */
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
  /** Mebibytes. */
  readonly memory: number;
  readonly logging: FunctionLogging;
  /** How many invocations may run at once, where the backend sets it. */
  readonly reservedConcurrency?: number;
  readonly asynchronous: AsynchronousPolicy;
}

/** What Lambda tells a function about its logs. */
export interface FunctionLogging {
  readonly group: string;
  readonly format?: string;
  readonly level?: string;
}

/** What happens to an invocation that nobody waits for. */
export interface AsynchronousPolicy {
  readonly maximumRetries: number;
  /** Milliseconds. */
  readonly maximumAge: number;
  /** ARN of a queue. */
  readonly deadLetterArn?: string;
  /** ARN of a queue, function or event bus. */
  readonly onFailureArn?: string;
  readonly onSuccessArn?: string;
}

/** Source: "How Lambda handles errors and retries with asynchronous invocation". */
export const DEFAULT_ASYNCHRONOUS_POLICY: AsynchronousPolicy = {
  maximumRetries: 2,
  maximumAge: 6 * 3600 * 1000,
};
