import * as z from 'zod';
import { type Metric, MINUTE_MS } from '../metric.ts';
import { parseJson, parseStrictly } from '../parsing/parse-strictly.ts';
import type { Aggregate, GrowingAggregate } from './aggregate.ts';

/** Everything that is known about one metric in one minute. */
export interface Minute {
  readonly metric: Metric;
  readonly unit: string;
  /** When the minute begins, in milliseconds since 1970. */
  readonly time: number;
  readonly aggregate: Aggregate;
}

/** A minute to which values may be added. */
export interface GrowingMinute extends Minute {
  readonly aggregate: GrowingAggregate;
}

const SCHEMA = z.strictObject({
  time: z.int().multipleOf(MINUTE_MS),
  namespace: z.string(),
  name: z.string(),
  dimensions: z.record(z.string(), z.string()),
  unit: z.string(),
  count: z.int().positive(),
  sum: z.number(),
  min: z.number(),
  max: z.number(),
  sizes: z.array(z.tuple([z.number(), z.int().positive()])).optional(),
});

/** A line of JSON, without a line break, from which `parseMinute` makes an equal minute. */
export const formatMinute = ({ metric, unit, time, aggregate }: Minute): string => {
  const { namespace, name, dimensions } = metric;
  const { sizes, ...sums } = aggregate;
  return JSON.stringify({
    time,
    namespace,
    name,
    dimensions,
    unit,
    ...sums,
    sizes: sizes && [...sizes],
  });
};

/** The minute of a line. Throws a CloudWatchError for a line that `formatMinute` did not write. */
export const parseMinute = (line: string): GrowingMinute => {
  const what = 'a line of stored metrics';
  const { time, unit, namespace, name, dimensions, sizes, ...sums } = parseStrictly(
    what,
    SCHEMA,
    parseJson(what, line),
  );
  return {
    metric: { namespace, name, dimensions },
    ...{ unit, time },
    aggregate: { ...sums, sizes: sizes && new Map(sizes) },
  };
};
