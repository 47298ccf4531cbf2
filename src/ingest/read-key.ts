import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sendAwsRequest } from '../runtime/aws-request.ts';
import { readSecret } from '../runtime/read-secret.ts';
import type { StoredKey } from '../settings/hash-setting.ts';

/** Reads the text of a stored key; undefined when it holds none. Throws when it fails. */
export type ReadKey = (place: StoredKey) => Promise<string | undefined>;

/**
 * Reads a key from a parameter of Systems Manager, which it decrypts, or from a secret of Secrets Manager,
 * with the credentials and the region of `client`. Throws what `sendAwsRequest` throws.
 */
export const createReadKey =
  (client: DynamoDBDocumentClient): ReadKey =>
  (place) =>
    'parameter' in place
      ? readParameter(client, place.parameter)
      : readSecret(client, place.secretId);

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
const readParameter = async (client: DynamoDBDocumentClient, Name: string) => {
  const { Parameter } = await sendAwsRequest<{ readonly Parameter?: { readonly Value?: string } }>(
    client,
    {
      service: 'ssm',
      target: 'AmazonSSM.GetParameter',
      input: { Name, WithDecryption: true },
    },
  );
  return Parameter?.Value;
};
