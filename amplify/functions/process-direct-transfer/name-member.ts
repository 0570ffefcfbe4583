import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../../domain/instant.ts';
import { NO_NAME } from '../shared/display-name.ts';
import type { Tables } from '../shared/tables.ts';

/** Gives a member the name of the sign-up, unless they have one: a first sign-in that was quicker did not know it. */
export const nameMember =
  (dynamo: DynamoDBDocumentClient, tables: Pick<Tables, 'user'>) =>
  async (id: string, displayName: string, now: Instant): Promise<void> => {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: tables.user,
          Key: { id },
          UpdateExpression: 'SET displayName = :name, updatedAt = :now',
          ConditionExpression: 'displayName = :none',
          ExpressionAttributeValues: { ':name': displayName, ':now': now, ':none': NO_NAME },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
