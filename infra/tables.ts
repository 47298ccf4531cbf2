import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import {
  ACTIVE_SESSIONS_INDEX,
  COUNTS_TABLE,
  type IndexSchema,
  SESSIONS_TABLE,
  type TableSchema,
} from '../src/tables/schema.ts';
import type { TableLimits, Throughput } from './props/table-limits.ts';

export interface TablesProps {
  readonly limits: TableLimits;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The tables, with the schema that the functions use. They are billed per request, up to roughly a
 * maximum throughput, and can be restored to any second of the last 35 days.
 */
export class Tables extends Construct {
  /** One row for each session; its index `active-sessions` counts those that are active. */
  readonly sessions: Table;
  /** The counter item, and the result of the last audit. */
  readonly counts: Table;
  /** The maximum throughput of both, in request units per second. */
  readonly limits: TableLimits;

  constructor(scope: Construct, { limits, removalPolicy }: TablesProps) {
    super(scope, 'Tables');
    this.limits = limits;
    this.sessions = new Table(this, 'Sessions', {
      ...tableProps(SESSIONS_TABLE, limits.sessions),
      ...deletion(removalPolicy),
    });
    this.sessions.addGlobalSecondaryIndex(indexProps(ACTIVE_SESSIONS_INDEX, limits.activeSessions));
    this.counts = new Table(this, 'Counts', {
      ...tableProps(COUNTS_TABLE, limits.counts),
      ...deletion(removalPolicy),
    });
  }
}

const tableProps = (schema: TableSchema, { reads, writes }: Throughput) => ({
  partitionKey: { name: schema.partitionKey, type: AttributeType.STRING },
  timeToLiveAttribute: schema.timeToLive,
  stream: schema.stream && StreamViewType[schema.stream],
  billingMode: BillingMode.PAY_PER_REQUEST,
  maxReadRequestUnits: reads,
  maxWriteRequestUnits: writes,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
});

// A table that outlives its stack is also protected from being deleted by mistake.
const deletion = (removalPolicy: RemovalPolicy) => ({
  removalPolicy,
  deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
});

const indexProps = (schema: IndexSchema, { reads, writes }: Throughput) => ({
  indexName: schema.name,
  partitionKey: { name: schema.partitionKey, type: AttributeType.NUMBER },
  sortKey: { name: schema.sortKey, type: AttributeType.STRING },
  projectionType: ProjectionType.KEYS_ONLY,
  maxReadRequestUnits: reads,
  maxWriteRequestUnits: writes,
});
