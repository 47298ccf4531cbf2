import { CloudWatchError } from '../../cloudwatch/cloudwatch-error.ts';
import { MINUTE_MS } from '../../cloudwatch/metric.ts';

/** When a rule runs: every `periodMs`, first at `offsetMs` after 1970 began. Both in milliseconds, in UTC. */
export interface Rhythm {
  readonly periodMs: number;
  readonly offsetMs: number;
}

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNITS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

const RATE = /^rate\((\d{1,4}) (minute|hour|day)s?\)$/;
const DAILY = /^cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)$/;

/**
 * The rhythm of a schedule expression: a rate, which EventBridge counts from the creation of the rule and this from
 * midnight, or a daily time. Throws a CloudWatchError for any other.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const parseScheduleExpression = (expression: string): Rhythm => {
  const [, count, unit = ''] = RATE.exec(expression) ?? [];
  if (Number(count) > 0) return { periodMs: Number(count) * (UNITS[unit] ?? 0), offsetMs: 0 };
  const [, minute, hour] = DAILY.exec(expression) ?? [];
  if (Number(minute) < 60 && Number(hour) < 24) {
    return { periodMs: DAY_MS, offsetMs: Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS };
  }
  throw new CloudWatchError(
    `The schedule ${expression} is unknown; expected one like rate(1 minute) or cron(30 6 * * ? *).`,
  );
};

/** Whether a run is due after `from`, up to and including `to`; both in milliseconds since 1970. */
export const isDue = ({ periodMs, offsetMs }: Rhythm, from: number, to: number): boolean =>
  Math.floor((to - offsetMs) / periodMs) > Math.floor((from - offsetMs) / periodMs);
