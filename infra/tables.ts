import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type ITable,
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
import { describeSchemaMistakes } from './existing-schema.ts';
import type { ExistingTables } from './props/existing-tables.ts';
import type { ResolvedProps } from './props/resolve-props.ts';
import { deriveTableLimits, type TableLimits, type Throughput } from './props/table-limits.ts';

export type TablesProps = Pick<
  ResolvedProps,
  'throttle' | 'counters' | 'tableRemovalPolicy' | 'existingTables'
>;

/**
 * The tables, with the schema that the functions use. They are billed per request, up to roughly a
 * maximum throughput, and can be restored to any second of the last 35 days. Existing tables are used as they
 * are: nothing of them is created, changed or deleted.
 */
export class Tables extends Construct {
  /** One row for each session; its index `active-sessions` counts those that are active. */
  readonly sessions: ITable;
  /** The counter item, and the result of the last audit. */
  readonly counts: ITable;
  /** The maximum throughput of both, in request units per second; existing tables may have another one. */
  readonly limits: TableLimits;

  constructor(scope: Construct, props: TablesProps) {
    super(scope, 'Tables');
    this.limits = deriveTableLimits(props);
    const { sessions, counts } = props.existingTables
      ? this.#use(props.existingTables)
      : this.#create(props.tableRemovalPolicy);
    this.sessions = sessions;
    this.counts = counts;
  }

  #use(existing: ExistingTables): ExistingTables {
    this.node.addValidation({ validate: () => describeSchemaMistakes(existing) });
    return existing;
  }

  #create(removalPolicy: RemovalPolicy): { sessions: Table; counts: Table } {
    const sessions = new Table(this, 'Sessions', {
      ...tableProps(SESSIONS_TABLE, this.limits.sessions),
      ...deletion(removalPolicy),
    });
    sessions.addGlobalSecondaryIndex(indexProps(ACTIVE_SESSIONS_INDEX, this.limits.activeSessions));
    const counts = new Table(this, 'Counts', {
      ...tableProps(COUNTS_TABLE, this.limits.counts),
      ...deletion(removalPolicy),
    });
    return { sessions, counts };
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
