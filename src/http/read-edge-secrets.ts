import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readSecret } from '../runtime/read-secret.ts';
import { EDGE_SECRET, EDGE_SECRET_RULE } from '../settings/allowed-values.ts';

/**
 * The valid values of a secret in Secrets Manager: the current one and, once it was changed, the previous one, until
 * the next change or until somebody removes its label AWSPREVIOUS. Throws what `readSecret` throws, and a RangeError,
 * without the secret, when the current value cannot be an edge secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export const readEdgeSecrets = async (
  client: DynamoDBDocumentClient,
  secretId: string,
): Promise<readonly string[]> => {
  // One after the other: if the secret changes in between, what is missing is the value that no edge sends yet.
  const current = (await readSecret(client, secretId))?.trim() ?? '';
  const previous = (await readPrevious(client, secretId))?.trim() ?? '';
  if (!EDGE_SECRET.test(current)) {
    throw new RangeError(`The secret must be a text of ${EDGE_SECRET_RULE}`);
  }
  return EDGE_SECRET.test(previous) ? [current, previous] : [current];
};

const readPrevious = async (
  client: DynamoDBDocumentClient,
  secretId: string,
): Promise<string | undefined> => {
  try {
    return await readSecret(client, secretId, 'AWSPREVIOUS');
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};
