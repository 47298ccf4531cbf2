import { REFUSAL_REASONS, type RefusalReason } from '../domain/refusal-reason.ts';
import {
  COUNTER_DIMENSION,
  METRIC,
  METRIC_NAMESPACE,
  REASON_DIMENSION,
} from '../metrics/metric-names.ts';
import type { DigestSettings } from '../settings/digest-settings.ts';
import { ACTIVE_SESSIONS_INDEX } from '../tables/schema.ts';
import type { Digest, UsedUnits } from './digest.ts';

/** A metric of CloudWatch whose values are added up. */
export interface SummedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The sums of metrics over a period, in the order of the metrics. */
export type SumMetrics = (metrics: readonly SummedMetric[]) => Promise<readonly number[]>;

/** Visits, refusals and used units in a period. Throws what `sumMetrics` throws. */
export const readMeteredUse = async (
  settings: DigestSettings,
  sumMetrics: SumMetrics,
): Promise<Pick<Digest, 'visits' | 'refused' | 'used'>> => {
  const uses = listUses(settings);
  const sums = await sumMetrics([
    visitMetric(settings, METRIC.visits),
    ...REFUSAL_REASONS.map((reason) => visitMetric(settings, METRIC.refused, reason)),
    ...uses.map(({ metric }) => metric),
  ]);
  const [visits = 0, ...others] = sums;
  const used = others.slice(REFUSAL_REASONS.length);
  return {
    visits,
    refused: new Map(REFUSAL_REASONS.map((reason, index) => [reason, others[index] ?? 0])),
    used: addUp(uses.map(({ unit, factor = 1 }, index) => [unit, factor * (used[index] ?? 0)])),
  };
};

const visitMetric = (
  { counterName }: DigestSettings,
  name: string,
  reason?: RefusalReason,
): SummedMetric => ({
  ...{ namespace: METRIC_NAMESPACE, name },
  dimensions: { [COUNTER_DIMENSION]: counterName, ...(reason && { [REASON_DIMENSION]: reason }) },
});

/** A metric, and what one of it is in units that are billed. */
interface Use {
  readonly metric: SummedMetric;
  readonly unit: keyof UsedUnits;
  readonly factor?: number;
}

const listUses = (settings: DigestSettings): Use[] => [
  {
    metric: { namespace: 'AWS/ApiGateway', name: 'Count', dimensions: { ApiId: settings.apiId } },
    unit: 'requests',
  },
  ...settings.functions.flatMap(usesOfFunction),
  ...usesOfTable({ TableName: settings.countsTable }),
  ...usesOfTable({ TableName: settings.sessionsTable }),
  // The units of a table do not contain those of its index.
  ...usesOfTable({
    TableName: settings.sessionsTable,
    GlobalSecondaryIndexName: ACTIVE_SESSIONS_INDEX.name,
  }),
];

const usesOfFunction = ({ name, megabytes }: DigestSettings['functions'][number]): Use[] => {
  const common = { namespace: 'AWS/Lambda', dimensions: { FunctionName: name } };
  return [
    { metric: { ...common, name: 'Invocations' }, unit: 'calls' },
    {
      // In milliseconds.
      metric: { ...common, name: 'Duration' },
      ...{ unit: 'gigabyteSeconds', factor: megabytes / 1_024 / 1_000 },
    },
  ];
};

const usesOfTable = (dimensions: Readonly<Record<string, string>>): Use[] => {
  const common = { namespace: 'AWS/DynamoDB', dimensions };
  return [
    { metric: { ...common, name: 'ConsumedWriteCapacityUnits' }, unit: 'writeUnits' },
    { metric: { ...common, name: 'ConsumedReadCapacityUnits' }, unit: 'readUnits' },
  ];
};

const addUp = (
  amounts: readonly (readonly [unit: keyof UsedUnits, amount: number])[],
): UsedUnits => {
  const sum = (unit: keyof UsedUnits): number =>
    amounts.reduce((total, [one, amount]) => (one === unit ? total + amount : total), 0);
  return {
    requests: sum('requests'),
    calls: sum('calls'),
    gigabyteSeconds: sum('gigabyteSeconds'),
    writeUnits: sum('writeUnits'),
    readUnits: sum('readUnits'),
  };
};
