import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { ACTIVE_SESSIONS_INDEX } from '../../src/tables/schema.ts';
import { throttledRequests, unitsPerSecond } from './metrics.ts';
import { type Chart, chartRow, type Row } from './widgets.ts';

const INDEX = ACTIVE_SESSIONS_INDEX.name;

/** The consumed units of the sessions table and its index, with their maximum. */
export const sessionsCapacity: Row = ({ tables: { sessions, limits } }) =>
  chartRow(
    capacityChart('Sessions: writes', limits.sessions.writes, unitsPerSecond(sessions, 'Write')),
    capacityChart(
      'Active sessions index: writes',
      limits.activeSessions.writes,
      unitsPerSecond(sessions, 'Write', INDEX),
    ),
    capacityChart(
      'Active sessions index: reads',
      limits.activeSessions.reads,
      unitsPerSecond(sessions, 'Read', INDEX),
    ),
  );

// The reads of several counters, and the writes of names that patterns admit.
const OF_OTHER_COUNTERS = ['BatchGetItem', 'TransactWriteItems'] as const;

/** The consumed units of the counts table, and the requests that either table throttled. */
export const countsCapacity: Row = ({ tables: { sessions, counts, limits }, hasOtherCounters }) =>
  chartRow(
    capacityChart('Counts: writes', limits.counts.writes, unitsPerSecond(counts, 'Write')),
    capacityChart('Counts: reads', limits.counts.reads, unitsPerSecond(counts, 'Read')),
    {
      title: 'Throttled table requests',
      unit: 'requests in 5 minutes',
      metrics: [
        throttled(sessions, 'UpdateItem', 'sessions'),
        throttled(sessions, 'Query', 'sessions'),
        throttled(counts, 'UpdateItem', 'counts'),
        throttled(counts, 'GetItem', 'counts'),
        ...(hasOtherCounters ? OF_OTHER_COUNTERS : []).map((operation) =>
          throttled(counts, operation, 'counts'),
        ),
      ],
    },
  );

const capacityChart = (
  title: string,
  maximum: number,
  consumed: Chart['metrics'][number],
): Chart => ({
  title,
  unit: 'units per second',
  metrics: [consumed],
  limits: [{ value: maximum, label: 'maximum' }],
});

const throttled = (table: ITable, operation: string, name: string) =>
  throttledRequests(table, operation).with({ label: `${name} ${operation}` });
