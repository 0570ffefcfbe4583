import type { RequestRecord } from '../../../domain/request.ts';
import type { RequestWriter } from './request-writer.ts';
import { BrokenRule } from './service-fault.ts';

/** The request that a state machine carries. Throws `BrokenRule` if there is none: no request is ever deleted. */
export async function loadRequest(
  requests: Pick<RequestWriter, 'request'>,
  requestId: string,
): Promise<RequestRecord> {
  const request = await requests.request(requestId);
  if (!request) throw new BrokenRule(`Request ${requestId} does not exist`);
  return request;
}
