import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { fingerprintKey } from '../../domain/key-fingerprint.ts';
import { createClient, LIMITS } from '../../runtime/aws-client.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';

/**
 * What tells the key in force from another: when it changes, every visitor is a new session. On
 * AWS it is the version of the secret, which is not read itself. Never fails: when it cannot be
 * told, the text says why.
 */
export const readKeyFingerprint = async (settings: Environment): Promise<string> => {
  if (readOptional(settings, 'HASH_SCHEME') === 'sha256') return 'none; sha256 has no key';
  const told = readOptional(settings, 'HASH_KEY_FINGERPRINT');
  if (told) return told;
  const secretId = readOptional(settings, 'HASH_KEY_SECRET_ID');
  if (secretId) return readSecretVersion(secretId);
  const key = readOptional(settings, 'HASH_KEY');
  return key ? fingerprintKey(key) : 'not known; name the key by HASH_KEY_SECRET_ID or HASH_KEY';
};

const readSecretVersion = async (SecretId: string): Promise<string> => {
  try {
    // It is one line of many, and the others shall not wait for it.
    const client = createClient(SecretsManagerClient, LIMITS.otherServices);
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    const versions = Object.entries(VersionIdsToStages);
    const current = versions.find(([, stages]) => stages.includes('AWSCURRENT'));
    return current ? `version ${current[0]}` : 'the secret has no current version';
  } catch (error) {
    return `not known; ${describeFailure(error as Error)}`;
  }
};

const describeFailure = ({ name, message }: Error): string =>
  name === 'AccessDeniedException'
    ? 'your credentials lack secretsmanager:DescribeSecret'
    : `${name}: ${message}`;
