import { defineFunction } from '@aws-amplify/backend';
import { API_FUNCTION } from '../settings.ts';

/** getWorkflowStatus: the timeline of a request and what it waits for. */
export const workflowStatus = defineFunction({ ...API_FUNCTION, name: 'workflow-status' });
