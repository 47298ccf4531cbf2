const withPrefix = (...operations: string[]): string[] => operations.map((one) => `kms:${one}`);

/**
 * What DynamoDB does with the key of a table on behalf of those who read it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const READ_WITH_KEY = withPrefix('Decrypt', 'DescribeKey');

/** The same, of those who write it. */
export const WRITE_WITH_KEY = [
  ...READ_WITH_KEY,
  ...withPrefix('Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'),
  ...withPrefix('ReEncryptFrom', 'ReEncryptTo'),
];

/**
 * What SNS does with the key of a topic on behalf of those who publish to it.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const PUBLISH_WITH_KEY = withPrefix('Decrypt', 'GenerateDataKey');
