import type { DataPoint } from '../metric.ts';
import { answerQuery } from '../queries/answer-queries.ts';
import type { MetricStore } from '../store/metric-store.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { breaches } from './comparison.ts';
import { describeReason } from './describe-reason.ts';
import { type AlarmState, evaluationRange, judgeData } from './judge-data.ts';

/** The result of one evaluation. */
export interface Evaluation {
  /** Undefined if the alarm keeps the state that it has. */
  readonly state: AlarmState | undefined;
  readonly reason: string;
}

/**
 * Evaluates an alarm at `end`, a whole minute in milliseconds since 1970. As by default in CloudWatch, its last period
 * ends there, so that the periods slide by a minute from one evaluation to the next.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 */
export const evaluateAlarm = (
  alarm: AlarmDefinition,
  store: Pick<MetricStore, 'read'>,
  end: number,
): Evaluation => {
  const values = readValues(alarm, store, end);
  const { comparison, threshold } = alarm;
  const judgements = values.map((value) => {
    if (value === undefined) return 'missing';
    return breaches(value, comparison, threshold) ? 'breaching' : 'notBreaching';
  });
  return { state: judgeData(judgements, alarm), reason: describeReason(alarm, values) };
};

// The value of each period, from the oldest to the newest; undefined for a missing one.
const readValues = (
  { observed, queries, evaluationPeriods }: AlarmDefinition,
  store: Pick<MetricStore, 'read'>,
  end: number,
): (number | undefined)[] => {
  const length = evaluationRange(evaluationPeriods);
  const startOf = (period: number) => end - length * period * 1_000;
  const rangeOf = (period: number) => ({ start: startOf(period), end });
  const points = answerQuery(observed, queries, { store, rangeOf });
  return Array.from({ length }, (_, i) =>
    valueAt(points, startOf(observed.period) + i * observed.period * 1_000),
  );
};

const valueAt = (points: readonly DataPoint[], time: number): number | undefined =>
  points.find((point) => point.time === time)?.value;
