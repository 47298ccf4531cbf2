import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sendAwsRequest } from './aws-request.ts';

/** The labels that Secrets Manager gives to the value in use, and to the one that it replaced. */
export type VersionStage = 'AWSCURRENT' | 'AWSPREVIOUS';

/**
 * Reads the text of a secret of Secrets Manager, by its name or ARN, with the credentials and the region of `client`;
 * undefined when it holds bytes instead. Throws what `sendAwsRequest` throws; when the secret has no version with this
 * stage, that is a ResourceNotFoundException.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export const readSecret = async (
  client: DynamoDBDocumentClient,
  SecretId: string,
  VersionStage: VersionStage = 'AWSCURRENT',
): Promise<string | undefined> => {
  const { SecretString } = await sendAwsRequest<{ readonly SecretString?: string }>(client, {
    service: 'secretsmanager',
    target: 'secretsmanager.GetSecretValue',
    input: { SecretId, VersionStage },
  });
  return SecretString;
};
