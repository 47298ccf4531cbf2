import { ACTIVE_SHARDS_TYPE } from '../../infra/active-shards-type.ts';
import type { Template } from '../../infra/settings/template.ts';
import { FORMER_SHARDS } from '../../src/active-shards/former-shards-attribute.ts';
import { NO_FORMER_SHARDS } from '../../src/domain/former-shards.ts';
import { ACCOUNT, arnOf, REGION } from './account.ts';

/** What `Ref` and `Fn::GetAtt` return for a resource that is created here. */
type Attributes = Readonly<Record<string, string>>;

const PSEUDO_PARAMETERS: Attributes = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackName': 'Permissions',
  'AWS::URLSuffix': 'amazonaws.com',
};

// Every resource has its logical id as its name.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
const ATTRIBUTES: Readonly<Record<string, (id: string) => Attributes>> = {
  'AWS::ApiGatewayV2::Api': (id) => ({ Ref: id }),
  'AWS::DynamoDB::Table': (id) => {
    const Arn = arnOf('dynamodb', `table/${id}`);
    return { Ref: id, Arn, StreamArn: `${Arn}/stream/2026-11-27T00:00:00.000` };
  },
  'AWS::Lambda::EventSourceMapping': (id) => ({
    Ref: id,
    EventSourceMappingArn: arnOf('lambda', `event-source-mapping:${id}`),
  }),
  'AWS::Lambda::Function': (id) => ({ Ref: id, Arn: arnOf('lambda', `function:${id}`) }),
  'AWS::Logs::LogGroup': (id) => ({ Ref: id, Arn: arnOf('logs', `log-group:${id}:*`) }),
  'AWS::SecretsManager::Secret': (id) => ({ Ref: arnOf('secretsmanager', `secret:${id}-a1b2c3`) }),
  'AWS::SNS::Topic': (id) => ({ Ref: arnOf('sns', id) }),
  [ACTIVE_SHARDS_TYPE]: (id) => ({ Ref: id, [FORMER_SHARDS]: NO_FORMER_SHARDS }),
};

/**
 * A value of the template as it is after the deployment of this template. Throws an Error that names a reference, an
 * attribute or a function which is not known here.
 */
export const resolveReferences = ({ Resources = {} }: Template, value: unknown): unknown => {
  const attributeOf = (id: string, attribute: string): string => {
    const type = Resources[id]?.Type ?? '';
    const found = PSEUDO_PARAMETERS[id] ?? ATTRIBUTES[type]?.(id)[attribute];
    if (found !== undefined) return found;
    throw new Error(
      `${attribute} of ${id} (${type || 'no resource'}) must be known: ` +
        'add it to proof/permissions/resolve-references.ts',
    );
  };
  const resolve = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(resolve);
    if (typeof given !== 'object' || given === null) return given;
    const [[name, argument] = [], second] = Object.entries(given);
    if (name === undefined || second || !/^(Ref|Fn::.*)$/.test(name)) return resolveEach(given);
    if (name === 'Ref') return attributeOf(String(argument), 'Ref');
    if (name === 'Fn::GetAtt') return attributeOf(String(argument[0]), String(argument[1]));
    if (name === 'Fn::Join') return (resolve(argument[1]) as string[]).join(argument[0]);
    throw new Error(`${name} must be known: add it to proof/permissions/resolve-references.ts`);
  };
  const resolveEach = (given: object): object =>
    Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, resolve(inner)]));
  return resolve(value);
};
