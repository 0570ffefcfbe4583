import { SFNClient } from '@aws-sdk/client-sfn';
import { connect } from '../shared/dynamo.ts';
import { tableNames } from '../shared/environment.ts';
import { describeExecution } from '../shared/executions.ts';
import { operations } from '../shared/refusals.ts';
import { readRequest } from '../shared/request-change.ts';
import { readSteps } from '../shared/request-steps.ts';
import { getWorkflowStatus } from './get-workflow-status.ts';

const tables = tableNames(['serviceRequest', 'requestStep']);
const dynamo = connect();
const states = new SFNClient({});

export const handler = operations({
  getWorkflowStatus: getWorkflowStatus({
    requestOf: (requestId) => readRequest(dynamo, tables, requestId),
    stepsOf: (request) => readSteps(dynamo, tables.requestStep, request),
    executionStatus: async (executionArn) => (await describeExecution(states, executionArn))?.status,
  }),
});
