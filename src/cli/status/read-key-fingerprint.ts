import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fingerprintKey } from '../../domain/key-fingerprint.ts';
import { sendAwsRequest } from '../../runtime/aws-request.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';

/**
 * Returns text that identifies the current hash key: if it changes, every visitor is a new session.
 * On AWS this is the version of the parameter or the secret; the key itself is not read. Never throws: if
 * the key cannot be identified, the text says why.
 */
export const readKeyFingerprint = async (
  client: DynamoDBDocumentClient,
  settings: Environment,
): Promise<string> => {
  if (readOptional(settings, 'HASH_SCHEME') === 'sha256') return 'none; sha256 has no key';
  const fingerprint = readOptional(settings, 'HASH_KEY_FINGERPRINT');
  if (fingerprint) return fingerprint;
  const parameter = readOptional(settings, 'HASH_KEY_PARAMETER');
  if (parameter) return explainFailure(PARAMETER_ACTION, readParameterVersion(client, parameter));
  const secretId = readOptional(settings, 'HASH_KEY_SECRET_ID');
  if (secretId) return explainFailure(SECRET_ACTION, readSecretVersion(client, secretId));
  const key = readOptional(settings, 'HASH_KEY');
  return key
    ? fingerprintKey(key)
    : 'unknown; set HASH_KEY_PARAMETER, HASH_KEY_SECRET_ID or HASH_KEY';
};

// Neither of them reads the key.
const PARAMETER_ACTION = 'ssm:DescribeParameters';
const SECRET_ACTION = 'secretsmanager:DescribeSecret';

interface Parameters {
  readonly Parameters?: readonly { readonly Version: number; readonly LastModifiedDate: number }[];
  readonly NextToken?: string;
}

// A parameter that was deleted and created again begins at version 1, so its date belongs to it.
const readParameterVersion = async (
  client: DynamoDBDocumentClient,
  name: string,
  NextToken?: string,
): Promise<string> => {
  const { Parameters = [], ...page } = await sendAwsRequest<Parameters>(client, {
    service: 'ssm',
    target: 'AmazonSSM.DescribeParameters',
    input: { ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: [name] }], NextToken },
  });
  const [found] = Parameters;
  // A page may be empty although others follow.
  if (!found && page.NextToken) return readParameterVersion(client, name, page.NextToken);
  if (found === undefined) return `the parameter ${name} does not exist`;
  return `version ${found.Version} of ${new Date(found.LastModifiedDate * 1_000).toISOString()}`;
};

interface Secret {
  readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>>;
}

const readSecretVersion = async (
  client: DynamoDBDocumentClient,
  SecretId: string,
): Promise<string> => {
  const { VersionIdsToStages = {} } = await sendAwsRequest<Secret>(client, {
    service: 'secretsmanager',
    target: 'secretsmanager.DescribeSecret',
    input: { SecretId },
  });
  const versions = Object.entries(VersionIdsToStages);
  const current = versions.find(([, stages]) => stages.includes('AWSCURRENT'));
  return current ? `version ${current[0]}` : 'the secret has no current version';
};

const explainFailure = async (action: string, version: Promise<string>): Promise<string> => {
  try {
    return await version;
  } catch (error) {
    const { name, message } = error as Error;
    return name === 'AccessDeniedException'
      ? `unknown; the credentials lack ${action}`
      : `unknown; ${name}: ${message}`;
  }
};
