import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sendAwsRequest } from './aws-request.ts';

/** The label of the value that the current one replaced. */
type VersionStage = 'AWSPREVIOUS';

/**
 * Reads the text of a secret of Secrets Manager, by its name or ARN, with the credentials and the region of `client`:
 * the current value, or that of `VersionStage`. Undefined when it holds bytes instead. Throws what `sendAwsRequest`
 * throws; when the secret does not exist, or has no such value, that is a ResourceNotFoundException.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export const readSecret = async (
  client: DynamoDBDocumentClient,
  SecretId: string,
  VersionStage?: VersionStage,
): Promise<string | undefined> => {
  const { SecretString } = await sendAwsRequest<{ readonly SecretString?: string }>(client, {
    service: 'secretsmanager',
    target: 'secretsmanager.GetSecretValue',
    input: { SecretId, VersionStage },
  });
  return SecretString;
};
