import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createClient, LIMITS } from '../runtime/aws-client.ts';

/**
 * The text of a secret in AWS Secrets Manager; undefined for a binary one. Creates its client at each
 * call, because a container calls it once. Throws what the SDK throws, within about 4 seconds.
 */
export const readSecret = async (secretId: string): Promise<string | undefined> => {
  const client = createClient(SecretsManagerClient, LIMITS.otherServices);
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  return SecretString;
};
