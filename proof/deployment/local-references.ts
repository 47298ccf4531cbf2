import { ACTIVE_SHARDS_TYPE } from '../../infra/active-shards-type.ts';
import type { Template } from '../../infra/settings/template.ts';
import { FORMER_SHARDS } from '../../src/active-shards/former-shards-attribute.ts';
import { NO_FORMER_SHARDS } from '../../src/domain/former-shards.ts';
import {
  createResolver,
  type Resolve,
} from '../../src/local/cloudwatch/template/resolve-references.ts';
import { ACCOUNT, arnOf, REGION } from './account.ts';

type Names = Readonly<Record<string, string>>;

const PSEUDO_PARAMETERS: Names = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackName': 'Stack',
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * What `Ref` and `Fn::GetAtt` return for a resource of each type. Every resource has its logical id as its name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const NAMES: Readonly<Record<string, (id: string) => Names>> = {
  'AWS::ApiGatewayV2::Api': (id) => ({ [id]: id }),
  'AWS::DynamoDB::Table': (id) => {
    const arn = arnOf('dynamodb', `table/${id}`);
    const streamArn = `${arn}/stream/2026-11-27T00:00:00.000`;
    return { [id]: id, [`${id}.Arn`]: arn, [`${id}.StreamArn`]: streamArn };
  },
  'AWS::Lambda::EventSourceMapping': (id) => ({
    [id]: id,
    [`${id}.EventSourceMappingArn`]: arnOf('lambda', `event-source-mapping:${id}`),
  }),
  'AWS::Lambda::Function': (id) => ({ [id]: id, [`${id}.Arn`]: arnOf('lambda', `function:${id}`) }),
  'AWS::Logs::LogGroup': (id) => ({ [id]: id, [`${id}.Arn`]: arnOf('logs', `log-group:${id}:*`) }),
  'AWS::SNS::Topic': (id) => ({ [id]: arnOf('sns', id) }),
  [ACTIVE_SHARDS_TYPE]: (id) => ({ [id]: id, [`${id}.${FORMER_SHARDS}`]: NO_FORMER_SHARDS }),
};

/**
 * Resolves the references in values of a template as if it were deployed in the account of `account.ts`. The resolver
 * throws a CloudWatchError for a reference to a resource or an attribute without a name here.
 */
export const resolverOf = ({ Resources = {} }: Template): Resolve => {
  const names = Object.entries(Resources).map(([id, { Type }]) => NAMES[Type]?.(id));
  return createResolver({ names: Object.assign({}, PSEUDO_PARAMETERS, ...names) });
};
