import { requestCommands } from '../request-commands/request-commands.ts';
import { worker } from '../shared/worker.ts';
import { foreignEventSchema, startServiceRequest } from './start-service-request.ts';

export const handler = worker(foreignEventSchema, startServiceRequest(requestCommands()));
