import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

// More than 256 bits, because there are 62 characters.
const KEY_LENGTH = 64;

export interface HashKeyProps {
  readonly hasKey: boolean;
  readonly hashKeySecret: ISecret | undefined;
  readonly tableRemovalPolicy: RemovalPolicy;
}

/**
 * The key of the session hash: the given one, or else one that Secrets Manager generates, so that it
 * appears in no template, variable or output. A generated key is kept as long as the tables, whose rows
 * are useless without it. Undefined when the hash has no key.
 */
export const resolveHashKey = (
  scope: Construct,
  { hasKey, hashKeySecret, tableRemovalPolicy }: HashKeyProps,
): ISecret | undefined => {
  if (!hasKey) return undefined;
  return hashKeySecret ?? generateHashKey(scope, tableRemovalPolicy);
};

const generateHashKey = (scope: Construct, removalPolicy: RemovalPolicy): Secret => {
  const secret = new Secret(scope, 'HashKey', {
    description: 'The key of the session hash. With another key, every visitor is a new session.',
    generateSecretString: { passwordLength: KEY_LENGTH, excludePunctuation: true },
    removalPolicy,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'Rotation would turn every known visitor into a new session, and so falsify the count.',
  });
  return secret;
};
