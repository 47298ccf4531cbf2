import { CustomResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FORMER_SHARDS } from '../src/active-shards/former-shards-attribute.ts';
import { ACTIVE_SHARDS_TYPE } from './active-shards-type.ts';
import { addFunction } from './add-function.ts';
import { CUSTOM_RESOURCE_LIMITS, CUSTOM_RESOURCE_TIMEOUT } from './custom-resource.ts';
import { allow, indexArn, policyOf } from './permissions.ts';
import { useKeys } from './table-key.ts';
import type { Tables } from './tables.ts';

export interface ActiveShardsProps {
  /** The number of partitions, as the functions read it. */
  readonly activeShards: string;
  readonly tables: Tables;
  readonly bundleFolder: string | undefined;
}

/**
 * The partitions of the index of active sessions. When a deployment changes their number, a function asks the
 * index which partitions are in use, so that the readers go on reading them while sessions there may be
 * active. Without a change, nothing runs.
 */
export class ActiveShards extends Construct {
  /** The setting FORMER_ACTIVE_SHARDS, which the deployment knows. */
  readonly former: string;

  constructor(scope: Construct, { activeShards, tables, bundleFolder }: ActiveShardsProps) {
    super(scope, 'ActiveShards');
    const finder = addFunction(new Construct(this, 'Finder'), {
      ...{ name: 'active-shards', limits: CUSTOM_RESOURCE_LIMITS, bundleFolder },
      permissions: policyOf(
        allow(indexArn(tables), 'dynamodb:Query'),
        ...useKeys('read', tables.sessions),
      ),
    });
    const resource = new CustomResource(this, 'Former', {
      resourceType: ACTIVE_SHARDS_TYPE,
      serviceToken: finder.functionArn,
      serviceTimeout: CUSTOM_RESOURCE_TIMEOUT,
      properties: { ActiveShards: activeShards, SessionsTable: tables.sessions.tableName },
    });
    this.former = resource.getAttString(FORMER_SHARDS);
  }
}
