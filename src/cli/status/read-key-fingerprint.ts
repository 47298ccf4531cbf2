import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { fingerprintKey } from '../../domain/key-fingerprint.ts';
import { createClient, LIMITS } from '../../runtime/aws-client.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';

/**
 * Returns text that identifies the current hash key: if it changes, every visitor is a new session.
 * On AWS this is the version of the secret; the secret itself is not read. Never throws: if the key
 * cannot be identified, the text says why.
 */
export const readKeyFingerprint = async (settings: Environment): Promise<string> => {
  if (readOptional(settings, 'HASH_SCHEME') === 'sha256') return 'none; sha256 has no key';
  const fingerprint = readOptional(settings, 'HASH_KEY_FINGERPRINT');
  if (fingerprint) return fingerprint;
  const secretId = readOptional(settings, 'HASH_KEY_SECRET_ID');
  if (secretId) return readSecretVersion(secretId);
  const key = readOptional(settings, 'HASH_KEY');
  return key ? fingerprintKey(key) : 'unknown; set HASH_KEY_SECRET_ID or HASH_KEY';
};

const readSecretVersion = async (SecretId: string): Promise<string> => {
  try {
    // One line of the status must not delay the others for long.
    const client = createClient(SecretsManagerClient, LIMITS.otherServices);
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    const versions = Object.entries(VersionIdsToStages);
    const current = versions.find(([, stages]) => stages.includes('AWSCURRENT'));
    return current ? `version ${current[0]}` : 'the secret has no current version';
  } catch (error) {
    return `unknown; ${describeFailure(error as Error)}`;
  }
};

const describeFailure = ({ name, message }: Error): string =>
  name === 'AccessDeniedException'
    ? 'the credentials lack secretsmanager:DescribeSecret'
    : `${name}: ${message}`;
