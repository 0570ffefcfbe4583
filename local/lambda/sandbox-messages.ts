/** What a sandbox's thread is started with. */
export interface SandboxData {
  /** One 64-bit float: milliseconds that the embedded clock is ahead of real time. Written by the main thread. */
  readonly clockOffset: SharedArrayBuffer;
  readonly codeDirectory: string;
  readonly handler: string;
}

/** Main thread to sandbox: one at a time. */
export interface InvocationMessage {
  /** JSON text. */
  readonly event: string;
  readonly context: InvocationContext;
  /** Real time, epoch milliseconds. */
  readonly deadline: number;
}

export interface InvocationContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** An error in the shape in which Lambda answers it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Sandbox to main thread. `payload` is JSON text. */
export type SandboxMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: FunctionError };
