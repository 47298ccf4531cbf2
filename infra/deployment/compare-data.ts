import { HASH_KEY_TYPE } from '../hash-key-type.ts';
import { resourcesOf, type Template, type TemplateResource } from '../settings/template.ts';
import type { GuardedChange } from './guarded-change.ts';

/**
 * The changes for which CloudFormation would replace a table or a key that holds data. They come from
 * a changed construct or another version of the CDK, not from settings.
 */
export const findDataChanges = (deployed: Template, next: Template): GuardedChange[] => [
  ...findChanges('tables', { type: 'AWS::DynamoDB::Table', properties: TABLE }, deployed, next),
  ...findChanges('key', { type: HASH_KEY_TYPE, properties: ['ParameterName'] }, deployed, next),
  ...findChanges(
    'secret',
    { type: 'AWS::SecretsManager::Secret', properties: SECRET },
    deployed,
    next,
  ),
];

// A change of these makes CloudFormation replace the table.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
const TABLE = ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'];

// A change of these makes it replace the secret of an older version, or generate another key in it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
const SECRET = ['Name', 'GenerateSecretString', 'SecretString'];

interface Kind {
  readonly type: string;
  readonly properties: readonly string[];
}

const findChanges = (
  data: keyof typeof CONSEQUENCES,
  { type, properties }: Kind,
  deployed: Template,
  next: Template,
): GuardedChange[] => {
  const after = new Map(resourcesOf(next, type));
  const replaced = resourcesOf(deployed, type).filter(
    ([id, resource]) => identify(resource, properties) !== identify(after.get(id), properties),
  );
  const ids = replaced.map(([id]) => id).join(', ');
  const name = data === 'tables' ? data : 'key';
  return replaced.length === 0 ? [] : [{ name, consequence: `${ids}. ${CONSEQUENCES[data]}` }];
};

const identify = (resource: TemplateResource | undefined, properties: readonly string[]): string =>
  resource === undefined
    ? 'none'
    : JSON.stringify(properties.map((property) => resource.Properties?.[property] ?? null));

const CONSEQUENCES = {
  tables: 'CloudFormation would replace it with an empty table: the count starts at 0.',
  key: 'CloudFormation would generate another key: every visitor becomes a new session.',
  secret:
    'CloudFormation would generate another key, in a parameter: every visitor becomes a new session. ' +
    'To keep this key, first copy it: docs/operations.md#from-secrets-manager-to-a-parameter',
};
