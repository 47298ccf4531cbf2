import * as z from 'zod';
import { CloudWatchError } from '../cloudwatch-error.ts';
import { MINUTE_MS } from '../metric.ts';
import { parseJson, parseStrictly } from '../parsing/parse-strictly.ts';
import type { AlarmWidget, Dashboard, Widget } from './dashboard.ts';
import { readMetricWidget } from './read-metric-widget.ts';

const PROPERTIES = z.strictObject({ DashboardName: z.string(), DashboardBody: z.string() });

const BODY = z.strictObject({
  start: z.string().default('-PT3H'),
  // With `auto`, CloudWatch chooses the periods itself.
  periodOverride: z.literal('inherit'),
  widgets: z.array(
    z.strictObject({
      ...{ x: z.int(), y: z.int(), width: z.int().min(1).max(24), height: z.int().min(1) },
      type: z.enum(['alarm', 'metric', 'text']),
      properties: z.unknown(),
    }),
  ),
});

/**
 * The dashboard with the properties of an `AWS::CloudWatch::Dashboard`, whose references are resolved. Throws a
 * CloudWatchError for any widget, property, statistic or function that it does not know.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const readDashboard = (properties: unknown): Dashboard => {
  const what = 'the properties of a dashboard';
  const { DashboardName: name, DashboardBody } = parseStrictly(what, PROPERTIES, properties);
  const bodyName = `the body of the dashboard ${name}`;
  const body = parseStrictly(bodyName, BODY, parseJson(bodyName, DashboardBody));
  return { name, rangeMs: readRange(body.start), widgets: body.widgets.map(readWidget) };
};

const readWidget = ({ type, properties, ...place }: z.output<typeof BODY>['widgets'][number]) => {
  const readers = { alarm: readAlarmWidget, metric: readMetricWidget, text: readTextWidget };
  const what = `the ${type} widget at column ${place.x} of row ${place.y}`;
  return { ...place, ...readers[type](what, properties) } satisfies Widget;
};

const TEXT = z.strictObject({
  markdown: z.string(),
  background: z.enum(['solid', 'transparent']).default('solid'),
});

const readTextWidget = (what: string, properties: unknown) => ({
  kind: 'text' as const,
  ...parseStrictly(what, TEXT, properties),
});

// The ARN of an alarm ends with its name.
const ALARM = z.strictObject({
  title: z.string().optional(),
  alarms: z.array(z.string().regex(/:alarm:[^:]+$/, 'expected the ARN of an alarm')),
});

const readAlarmWidget = (what: string, properties: unknown): AlarmWidget => {
  const { title, alarms } = parseStrictly(what, ALARM, properties);
  const alarmNames = alarms.map((arn) => arn.slice(arn.lastIndexOf(':') + 1));
  return { kind: 'alarm', title, alarmNames };
};

const RANGE = /^-P(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?)?$/;

const readRange = (start: string): number => {
  const { days = 0, hours = 0, minutes = 0 } = RANGE.exec(start)?.groups ?? {};
  const range = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * MINUTE_MS;
  if (range > 0) return range;
  throw new CloudWatchError(
    `The start ${start} of a dashboard is unknown; expected one like -P1D.`,
  );
};
