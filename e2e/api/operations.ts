/** The public operations as clients send them. */
const STATE =
  'id status statusReason revision pendingEvent estimatedHours agreedRate agreedHours amount expiresAt escrowId now';

export const SUBMIT = `mutation Submit($requestId: ID!, $serviceId: ID!, $estimatedHours: Float!, $rate: Float!, $message: String) {
  submitServiceRequest(requestId: $requestId, serviceId: $serviceId, estimatedHours: $estimatedHours, rate: $rate, message: $message) { ${STATE} }
}`;

export const RESPOND = `mutation Respond($requestId: ID!, $response: ProviderResponse!, $round: Int, $hours: Float, $rate: Float, $message: String) {
  respondToServiceRequest(requestId: $requestId, response: $response, round: $round, hours: $hours, rate: $rate, message: $message) { ${STATE} }
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
    steps { revision status event actor actorRole at note hours rate amount }
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
    readonly hours: number | null;
    readonly rate: number | null;
    readonly amount: number | null;
  }[];
}

const DISPUTE =
  'id requestId status amount expiresAt proposedRefundHours proposedBy decision refundHours pendingEvent now';

export const OPEN_DISPUTE = `mutation Open($requestId: ID!, $reason: String!, $statement: String!) {
  openDispute(requestId: $requestId, reason: $reason, statement: $statement) { ${DISPUTE} }
}`;

export const PROPOSE_SETTLEMENT = `mutation Propose($disputeId: ID!, $refundHours: Float!) {
  proposeSettlement(disputeId: $disputeId, refundHours: $refundHours) { ${DISPUTE} }
}`;

export const ANSWER_SETTLEMENT = `mutation Answer($disputeId: ID!, $accept: Boolean!, $refundHours: Float) {
  answerSettlement(disputeId: $disputeId, accept: $accept, refundHours: $refundHours) { ${DISPUTE} }
}`;

export const RESOLVE_DISPUTE = `mutation Resolve($disputeId: ID!, $decision: DisputeDecision!, $refundHours: Float, $note: String) {
  resolveDispute(disputeId: $disputeId, decision: $decision, refundHours: $refundHours, note: $note) { ${DISPUTE} }
}`;

export const ADD_STATEMENT = `mutation Say($disputeId: ID!, $statement: String!) {
  addStatement(disputeId: $disputeId, statement: $statement) { id kind text }
}`;

export const REQUEST_UPLOAD = `mutation Upload($disputeId: ID!, $fileName: String!, $fileType: String!, $fileSize: Int!) {
  requestEvidenceUpload(disputeId: $disputeId, fileName: $fileName, fileType: $fileType, fileSize: $fileSize) { uploadId url contentType expiresAt }
}`;

export const ADD_EVIDENCE = `mutation Add($disputeId: ID!, $uploadId: ID!, $fileName: String!) {
  addEvidence(disputeId: $disputeId, uploadId: $uploadId, fileName: $fileName) { id kind fileName fileType fileSize }
}`;

export const EVIDENCE_URL = `query Url($evidenceId: ID!) { getEvidenceUrl(evidenceId: $evidenceId) { url expiresAt } }`;

export const GET_DISPUTE = `query Dispute($id: ID!) {
  getDispute(id: $id) { id requestId status statusBefore reason statement amount expiresAt proposals proposedRefundHours proposedBy decision refundHours decidedBy decisionNote openedByRole }
}`;

export const EVIDENCE_OF = `query Evidence($disputeId: ID!) {
  evidenceByDispute(disputeId: $disputeId) { items { id kind text fileName fileType fileSize authorRole } }
}`;

export const DISPUTES_BY_STATUS = `query Queue($status: DisputeStatus!) {
  disputesByStatus(status: $status) { items { id requestId } }
}`;

export interface DisputeState {
  readonly id: string;
  readonly requestId: string;
  readonly status: string;
  readonly amount: number;
  readonly proposedRefundHours: number | null;
  readonly proposedBy: string | null;
  readonly pendingEvent: string | null;
}

export interface DisputeRow extends DisputeState {
  readonly statusBefore: string;
  readonly openedByRole: string;
  readonly decision: string | null;
  readonly refundHours: number | null;
  readonly decidedBy: string | null;
  readonly decisionNote: string | null;
}

export const POST_MESSAGE = `mutation Say($requestId: ID!, $text: String!, $messageId: ID) {
  postMessage(requestId: $requestId, text: $text, messageId: $messageId) { id requestId authorId text createdAt now }
}`;

export const MESSAGES_OF = `query Messages($requestId: ID!) {
  messagesByRequest(requestId: $requestId, sortDirection: ASC) { items { id authorId text } }
}`;

export const LEAVE_REVIEW = `mutation Review($requestId: ID!, $rating: Int!, $comment: String) {
  leaveReview(requestId: $requestId, rating: $rating, comment: $comment) { requestId rating comment published publishedBy createdAt now }
}`;

export const MY_REVIEW = `query Mine($requestId: ID!) {
  getMyReview(requestId: $requestId) { requestId rating comment published publishedBy }
}`;

export const REVIEWS_OF = `query Reviews($requestId: ID!) {
  reviewsByRequest(requestId: $requestId) { items { authorId authorRole subjectId rating comment } }
}`;

export const TOTALS_OF = `query Totals($userId: ID!, $serviceId: ID!) {
  getMemberStats(userId: $userId) { requestsPaid servicesDelivered hoursGiven hoursReceived ratingSum ratingCount }
  getServiceStats(serviceId: $serviceId) { timesPaid hoursPaid ratingSum ratingCount }
}`;

export const NOTIFICATIONS_OF = `query Told($userId: ID!) {
  notificationsByUser(userId: $userId) { items { kind requestId } }
}`;

export interface MessageRow {
  readonly id: string;
  readonly authorId: string;
  readonly text: string;
}

export interface ReviewState {
  readonly rating: number;
  readonly comment: string | null;
  readonly published: boolean;
  readonly publishedBy: string | null;
  readonly createdAt: string;
}

export interface ReviewRow {
  readonly authorId: string;
  readonly authorRole: string;
  readonly subjectId: string;
  readonly rating: number;
  readonly comment: string | null;
}

export interface Totals {
  readonly getMemberStats: {
    readonly requestsPaid: number;
    readonly servicesDelivered: number;
    readonly hoursGiven: number;
    readonly hoursReceived: number;
    readonly ratingSum: number;
    readonly ratingCount: number;
  } | null;
  readonly getServiceStats: {
    readonly timesPaid: number;
    readonly hoursPaid: number;
    readonly ratingSum: number;
    readonly ratingCount: number;
  } | null;
}

export interface Balance {
  readonly totalBalance: number;
  readonly availableBalance: number;
  readonly escrowedBalance: number;
}

const ADMIN_RESULT = 'id kind userId hours allowBelowZero reason status refusal createdAt now';

export const ADJUST = `mutation Adjust($adjustmentId: ID!, $userId: ID!, $hours: Float!, $reason: String!, $allowBelowZero: Boolean) {
  adjustBalance(adjustmentId: $adjustmentId, userId: $userId, hours: $hours, reason: $reason, allowBelowZero: $allowBelowZero) { ${ADMIN_RESULT} }
}`;

export const SET_LOCK = `mutation Lock($userId: ID!, $locked: Boolean!, $reason: String!) {
  setAccountLock(userId: $userId, locked: $locked, reason: $reason) { ${ADMIN_RESULT} }
}`;

export const CHECK_BOOKS = 'mutation { startReconciliation { reportId now } }';

export const GET_ACTION = `query Action($id: ID!) {
  getAdminAction(id: $id) { id kind adminId userId hours reason status refusal }
}`;

export const GET_CHECK = `query Check($id: ID!) {
  getReconciliationReport(id: $id) { id status startedAt finishedAt accountsChecked mismatches }
}`;

export const REPORTS = `query Reports {
  reconciliationReportsByKind(kind: "BALANCES", sortDirection: DESC) {
    items { id status accountsChecked mismatches requestedBy findings }
  }
}`;

export const NOTIFICATIONS = `query Told($userId: ID!) {
  notificationsByUser(userId: $userId, limit: 1000) { items { kind requestId parameters } }
}`;

export interface AdminState {
  readonly id: string;
  readonly kind: string;
  readonly userId: string;
  readonly hours: number | null;
  readonly reason: string;
  readonly status: string;
  readonly refusal: string | null;
}

export interface Report {
  readonly id: string;
  readonly status: string;
  readonly accountsChecked: number;
  readonly mismatches: number;
  readonly requestedBy: string;
  /** JSON. */
  readonly findings: string;
}
