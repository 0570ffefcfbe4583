import type { MovableClock } from '../clock/clock.ts';
import { parseDuration } from '../clock/duration.ts';
import { AwsServiceError } from './aws-service.ts';
import { json, type Reply } from './reply.ts';
import { parseObject } from './request-body.ts';

/** What there is to see and to move besides AWS: under `/_local/`. */
export interface LocalEndpoints {
  readonly clock: MovableClock;
  /** Messages that Cognito would have sent, latest first. */
  readonly mails: () => unknown;
  /** What IAM has noted so far. */
  readonly iamReport: () => unknown;
  readonly services: () => readonly string[];
}

/** Throws AwsServiceError for an unknown path, a wrong method and a wrong input. */
export function answerLocal(local: LocalEndpoints, method: string, path: string, body: string): Reply {
  switch (`${method} ${path}`) {
    case 'GET /_local/health':
      return json({ status: 'ok', services: local.services() });
    case 'GET /_local/clock':
      return time(local.clock);
    case 'POST /_local/clock':
      local.clock.advance(durationIn(body));
      return time(local.clock);
    case 'GET /_local/mail':
      return json(local.mails());
    case 'GET /_local/iam':
      return json(local.iamReport());
    default:
      throw new AwsServiceError('NotFoundException', `There is no ${method} ${path}`, 404);
  }
}

/** `offset` is in milliseconds ahead of real time. */
function time(clock: MovableClock): Reply {
  return json({ now: new Date(clock.now()).toISOString(), offset: clock.offset });
}

function durationIn(body: string): number {
  const { advance } = parseObject(body);
  try {
    return parseDuration(String(advance));
  } catch (error) {
    throw new AwsServiceError('ValidationException', `advance: ${(error as Error).message}`);
  }
}
