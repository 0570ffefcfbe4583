import type { FieldNode } from 'graphql';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import { plainHeaders, type Authentication, type Headers } from '../auth/authentication.ts';
import type { Execution, GraphQLExecutor } from '../execution/graphql-executor.ts';
import { parseGraphQLRequest, readGraphQLRequest, type ParsedRequest } from '../execution/graphql-request.ts';
import { SubscriptionRefused, type RealtimeApi, type Subscriber } from './connection.ts';
import type { StartPayload } from './messages.ts';
import type { SubscriptionHub } from './subscription-hub.ts';
import type { Subscription } from './subscription.ts';

interface Parts {
  readonly authentication: Authentication;
  readonly executor: GraphQLExecutor;
  readonly hub: SubscriptionHub;
}

/** What connections ask of the API. */
export function createRealtimeApi({ authentication, executor, hub }: Parts): RealtimeApi {
  const member = async (headers: Headers) => {
    const sender = await authentication.authenticate(headers);
    if (sender.kind === 'USER_POOL') return sender.authenticated;
    throw new AwsServiceError(
      'UnsupportedOperation',
      'Subscriptions with IAM credentials are not run here',
      400,
    );
  };
  return {
    async admit(headers) {
      await member(headers);
    },

    async subscribe(payload: StartPayload, subscriber: Subscriber): Promise<Subscription> {
      const headers = payload.extensions.authorization;
      const caller = await member(headers);
      const request = parseGraphQLRequest(readGraphQLRequest(payload.data));
      if (request.operation.operation !== 'subscription')
        throw new AwsServiceError(
          'UnsupportedOperation',
          `${request.operation.operation} not supported through the realtime channel`,
        );
      const execution = await executor.execute({ parsed: request, caller, headers: plainHeaders(headers) });
      const { errors } = execution.response;
      if (errors && errors.length > 0) throw new SubscriptionRefused(errors);
      const subscription = { ...opened(request, execution), ...subscriber };
      hub.add(subscription);
      return subscription;
    },

    unsubscribe(subscription) {
      hub.remove(subscription);
    },
  };
}

/** A subscription has one field: validation saw to it. */
function opened(request: ParsedRequest, { context }: Execution) {
  const node = request.operation.selectionSet.selections.find(
    (selection): selection is FieldNode => selection.kind === 'Field',
  );
  if (!node) throw new AwsServiceError('UnsupportedOperation', 'A subscription names its field directly');
  return { field: node.name.value, args: context.subscription.args ?? {}, request, context };
}
