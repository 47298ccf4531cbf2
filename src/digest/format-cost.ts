import type { UsedUnits } from './digest.ts';
import type { DigestPeriod } from './digest-period.ts';
import { formatCount, formatUsd } from './format-numbers.ts';
import { UNIT_PRICES } from './unit-prices.ts';

/** The lines about the cost: the sum, what was used for how much, and what is not in it. */
export const formatCost = (used: UsedUnits, { rhythm }: Pick<DigestPeriod, 'rhythm'>): string[] => {
  const { requests, calls, gigabyteSeconds, writeUnits, readUnits } = used;
  const cost = costOf(used);
  const { requests: api, calls: callCost, gigabyteSeconds: time, ...dynamodb } = cost;
  return [
    `Cost of the ${rhythm === 'weekly' ? 'week' : 'month'}, by the units used: ${formatUsd(sum(Object.values(cost)))}`,
    line('HTTP API', formatCount(requests, 'request'), api),
    line(
      'Lambda',
      `${formatCount(calls, 'call')}, ${formatCount(gigabyteSeconds, 'GB-second')}`,
      callCost + time,
    ),
    line(
      'DynamoDB',
      `${formatCount(writeUnits, 'write unit')}, ${formatCount(readUnits, 'read unit')}`,
      sum(Object.values(dynamodb)),
    ),
    'At list prices of us-east-1, without free tiers.',
    'Not included: storage, backups, logs, data transfer, metrics, alarms, the dashboard.',
  ];
};

const line = (service: string, units: string, usd: number): string =>
  `- ${service}: ${formatUsd(usd)} (${units})`;

const costOf = (used: UsedUnits): UsedUnits => {
  const priced = Object.entries(UNIT_PRICES).map(([name, { usd, per }]) => [
    name,
    (used[name as keyof UsedUnits] / per) * usd,
  ]);
  return Object.fromEntries(priced);
};

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
