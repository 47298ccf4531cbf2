import type { RunningUndo } from '../../domain/counter.ts';
import type { Interval } from '../../domain/interval.ts';
import { DAY_MS } from '../../domain/utc-day.ts';
import { describeUndo } from '../undo/describe-undo.ts';
import type { Obstacle } from '../undo/find-obstacle.ts';
import { type Bucket, HOUR_MS, type IntervalSurvey } from './interval-survey.ts';

/** What a preview shows. */
export interface Preview extends Interval, IntervalSurvey {
  readonly counter: string;
  readonly total: { readonly before: number; readonly after: number };
  /** A retract or a restore that has begun and not ended. */
  readonly running: RunningUndo | undefined;
  /** What keeps it from beginning. */
  readonly obstacle: Obstacle | undefined;
}

/** Formats a preview as text, with a histogram in which a burst is visible. */
export const formatPreview = (preview: Preview): string => {
  const { counter, from, to, sessions, total, running, obstacle } = preview;
  return [
    `Counter ${counter}, first visits from ${from} to ${to}`,
    line('Sessions to take back', sessions),
    line('Of them honest, about', describeEarlier(preview)),
    line('Total', total.before),
    line('Total afterwards', total.after),
    ...(running ? [line('Running, or killed', describeUndo(running))] : []),
    ...histogram(preview),
    obstacle === undefined
      ? 'Nothing was changed. To take these sessions back, run the command again with --yes.'
      : `Nothing was changed, and --yes would be refused: ${obstacle.what}. ${obstacle.remedy}.`,
  ].join('\n');
};

const line = (label: string, value: string | number): string => `  ${label.padEnd(22)} ${value}`;

const describeEarlier = ({ earlier, periodDays }: IntervalSurvey): string => {
  const sorted = [...earlier].sort((a, b) => a - b);
  const [least, median, most] = [0, Math.floor(sorted.length / 2), -1].map((at) => sorted.at(at));
  const when =
    periodDays === 1
      ? `at the same hours of the ${earlier.length} days before`
      : `in the same hours of the ${earlier.length} times before, ${periodDays} days apart`;
  return `${median} (${least} to ${most} ${when})`;
};

const WIDTH = 40;

const histogram = ({ buckets, bucketMs }: IntervalSurvey): string[] => {
  const most = Math.max(1, ...buckets.map(sumOf));
  const digits = String(most).length;
  return [
    `New sessions by ${describeBucket(bucketMs)} (UTC): █ to take back, ░ to keep`,
    ...buckets.map((bucket) => {
      const number = String(sumOf(bucket)).padStart(digits);
      return `  ${timeOf(bucket.startMs, bucketMs)}  ${number}  ${barOf(bucket, most)}`.trimEnd();
    }),
  ];
};

const describeBucket = (bucketMs: number): string => {
  if (bucketMs === HOUR_MS) return 'hour';
  return bucketMs === DAY_MS ? 'day' : `${bucketMs / DAY_MS} days`;
};

const sumOf = ({ inside, outside }: Bucket): number => inside + outside;

const timeOf = (startMs: number, bucketMs: number): string => {
  const time = new Date(startMs).toISOString().replace('T', ' ');
  return time.slice(0, bucketMs === HOUR_MS ? 16 : 10);
};

// Rounded up: a single session is visible beside any number of others.
const barOf = ({ inside, outside }: Bucket, most: number): string => {
  const lengthOf = (number: number): number => Math.ceil((number / most) * WIDTH);
  return '█'.repeat(lengthOf(inside)) + '░'.repeat(lengthOf(outside));
};
