import { HASH_KEY_TYPE } from '../../infra/hash-key-type.ts';
import { resourcesOf, type Template } from '../../infra/settings/template.ts';
import { arnOf } from '../deployment/account.ts';
import { resolverOf } from '../deployment/local-references.ts';
import { listPermittedFunctions, type PermittedFunction } from './permitted-functions.ts';

/** A deployed counter. */
export interface Deployment {
  readonly functions: readonly PermittedFunction[];
  readonly sessionsTable: string;
  readonly countsTable: string;
  readonly streamArn: string;
  readonly mappingArn: string;
  /** The parameter with the key of the hash; undefined if the key is elsewhere, or there is none. */
  readonly keyParameter: string | undefined;
  readonly keySecretArn: string | undefined;
  /** Whether CloudFormation asks to delete a generated key. */
  readonly deletesKey: boolean;
  /** The topic of the digest; undefined if none is sent. */
  readonly topicArn: string | undefined;
}

/** What a template deploys. */
export const readDeployment = (template: Template): Deployment => {
  const functions = listPermittedFunctions(template);
  const variables: Readonly<Record<string, string>> = Object.assign(
    {},
    ...functions.map(({ environment }) => environment),
  );
  const [[mapping = '', { Properties = {} } = {}] = []] = resourcesOf(
    template,
    'AWS::Lambda::EventSourceMapping',
  );
  return {
    functions,
    sessionsTable: variables.SESSIONS_TABLE ?? '',
    countsTable: variables.COUNTS_TABLE ?? '',
    streamArn: String(resolverOf(template)(Properties.EventSourceArn)),
    mappingArn: arnOf('lambda', `event-source-mapping:${mapping}`),
    keyParameter: variables.HASH_KEY_PARAMETER,
    keySecretArn: variables.HASH_KEY_SECRET_ID,
    deletesKey: resourcesOf(template, HASH_KEY_TYPE).some(
      ([, { DeletionPolicy }]) => DeletionPolicy !== 'Retain',
    ),
    topicArn: variables.DIGEST_TOPIC,
  };
};
