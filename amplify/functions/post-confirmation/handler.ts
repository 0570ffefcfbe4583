import { environment } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { postConfirmation } from './post-confirmation.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);

export const handler = postConfirmation(emitter(EVENT_BUS_NAME));
