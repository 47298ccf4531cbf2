import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

// At most about 4 seconds, so that a first visit still has the 8 that its write may take.
const IMPATIENCE = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 500,
    requestTimeout: 1_500,
    throwOnRequestTimeout: true,
  },
};

/**
 * The text of a secret in AWS Secrets Manager; undefined for a binary one. Makes its client at
 * each call, since a container calls once. Throws what the SDK throws, within about 4 seconds.
 */
export const readSecret = async (secretId: string): Promise<string | undefined> => {
  const client = new SecretsManagerClient(IMPATIENCE);
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  return SecretString;
};
