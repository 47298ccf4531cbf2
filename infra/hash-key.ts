import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

// 62 characters to choose from, so more than 256 bits.
const KEY_LENGTH = 64;

/**
 * The key of the session hash, which Secrets Manager makes up: it is in no template, no variable
 * and no output. It is kept as long as the tables, whose rows mean nothing without it.
 */
export const generateHashKey = (scope: Construct, removalPolicy: RemovalPolicy): Secret => {
  const secret = new Secret(scope, 'HashKey', {
    description: 'The key under which visitors are hashed. A new one makes every visitor new.',
    generateSecretString: { passwordLength: KEY_LENGTH, excludePunctuation: true },
    removalPolicy,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'Rotation would make every known visitor a new session, and so the count wrong.',
  });
  return secret;
};
