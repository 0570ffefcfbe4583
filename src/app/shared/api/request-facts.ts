import type { RequestFacts } from '../../../../domain/actions';
import type { ServiceRequest } from './service-request';

/** As much of a request as the life cycle judges by; it tells "nothing pending" by the field's absence. */
export const factsOf = ({ pendingEvent, ...facts }: ServiceRequest): RequestFacts => ({
  ...facts,
  ...(pendingEvent !== undefined && { pendingEvent }),
});
