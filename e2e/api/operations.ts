/** The public operations as clients send them. */
const STATE =
  'id status statusReason revision pendingEvent estimatedHours agreedRate agreedHours amount expiresAt escrowId now';

export const SUBMIT = `mutation Submit($requestId: ID!, $serviceId: ID!, $estimatedHours: Float!, $rate: Float!, $message: String) {
  submitServiceRequest(requestId: $requestId, serviceId: $serviceId, estimatedHours: $estimatedHours, rate: $rate, message: $message) { ${STATE} }
}`;

export const RESPOND = `mutation Respond($requestId: ID!, $response: ProviderResponse!, $message: String) {
  respondToServiceRequest(requestId: $requestId, response: $response, message: $message) { ${STATE} }
}`;

export const CANCEL = `mutation Cancel($requestId: ID!, $reason: String) {
  cancelServiceRequest(requestId: $requestId, reason: $reason) { ${STATE} }
}`;

export const DELIVER = `mutation Deliver($requestId: ID!, $note: String) {
  markServiceDelivered(requestId: $requestId, note: $note) { ${STATE} }
}`;

export const REQUEST_CHANGES = `mutation Changes($requestId: ID!, $note: String) {
  requestChanges(requestId: $requestId, note: $note) { ${STATE} }
}`;

export const CONFIRM = `mutation Confirm($requestId: ID!, $note: String) {
  confirmServiceCompletion(requestId: $requestId, note: $note) { ${STATE} }
}`;

export const ENSURE_MEMBER = 'mutation { ensureMember { id displayName now } }';

export const WORKFLOW_STATUS = `query Status($requestId: ID!) {
  getWorkflowStatus(requestId: $requestId) {
    requestId status statusReason revision pendingEvent waitingFor waitingUntil executionStatus now
    steps { revision status event actor actorRole at note }
  }
}`;

export const GET_REQUEST = `query Request($id: ID!) {
  getServiceRequest(id: $id) { id status statusReason revision pendingEvent amount expiresAt stepFunctionExecutionArn escrow { id status amount releasedAmount refundedAmount } service { id title } provider { id displayName } requester { id displayName } }
}`;

export const GET_BALANCE = `query Balance($userId: ID!) {
  getUserBalance(userId: $userId) { userId totalBalance availableBalance escrowedBalance version }
}`;

export const CREATE_OFFER = `mutation Offer($input: CreateServiceInput!) {
  createService(input: $input) { id providerId title rate active }
}`;

export const UPDATE_OFFER = `mutation Offer($input: UpdateServiceInput!) {
  updateService(input: $input) { id providerId title rate active }
}`;

export interface RequestState {
  readonly id: string;
  readonly status: string;
  readonly statusReason: string | null;
  readonly revision: number;
  readonly pendingEvent: string | null;
  readonly amount: number;
  readonly expiresAt: string | null;
  readonly escrowId: string | null;
  readonly now: string;
}

export interface WorkflowStatus {
  readonly requestId: string;
  readonly status: string;
  readonly statusReason: string | null;
  readonly revision: number;
  readonly pendingEvent: string | null;
  readonly waitingFor: string;
  readonly waitingUntil: string | null;
  readonly executionStatus: string | null;
  readonly now: string;
  readonly steps: readonly {
    readonly revision: number;
    readonly status: string;
    readonly event: string;
    readonly actor: string;
    readonly actorRole: string;
    readonly note: string | null;
  }[];
}

export interface Balance {
  readonly totalBalance: number;
  readonly availableBalance: number;
  readonly escrowedBalance: number;
}
