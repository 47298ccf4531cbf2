import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

const READ = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITE = [
  ...READ,
  ...['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  ...['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
];

/** What may be done with one resource. */
export interface Access {
  readonly actions: string[];
  readonly resources: string[];
}

/**
 * What a caller of these tables must be allowed with the customer managed keys that encrypt them, in addition to
 * the actions on the tables; nothing for tables without such a key, as the construct creates them. DynamoDB uses
 * the key on behalf of its caller.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const listKeyAccess = (
  purpose: 'read' | 'write',
  ...tables: readonly Pick<ITable, 'encryptionKey'>[]
): Access[] => {
  const keys = new Set(tables.flatMap(({ encryptionKey }) => encryptionKey?.keyArn ?? []));
  const actions = purpose === 'read' ? READ : WRITE;
  return [...keys].map((key) => ({ actions, resources: [key] }));
};

/** The statements for that access. */
export const useKeys = (...use: Parameters<typeof listKeyAccess>): PolicyStatement[] =>
  listKeyAccess(...use).map((access) => new PolicyStatement(access));
