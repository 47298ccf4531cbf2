import * as z from 'zod';
import { CloudWatchError } from '../cloudwatch-error.ts';
import type { Measurement } from '../metric.ts';
import { parseJson, parseStrictly } from '../parsing/parse-strictly.ts';
import { UNITS } from './units.ts';

const NAME = z.string().min(1).max(255);

const DIRECTIVE = z.object({
  Namespace: NAME,
  Dimensions: z.array(z.array(NAME).max(30)).min(1),
  Metrics: z.array(z.object({ Name: NAME, Unit: z.enum(UNITS).default('None') })).max(100),
});

const DOCUMENT = z.looseObject({
  _aws: z.object({
    Timestamp: z.int().nonnegative(),
    CloudWatchMetrics: z.array(DIRECTIVE),
  }),
});

const VALUES = z.union(
  [z.number(), z.array(z.number()).min(1).max(100)],
  'expected a number, or 1 to 100 numbers',
);

type Document = z.output<typeof DOCUMENT>;
type Directive = z.output<typeof DIRECTIVE>;

/**
 * The measurements in a line that a function wrote to standard output: one for each value, metric and set of
 * dimensions. Empty for a line that is not in embedded metric format. Throws a CloudWatchError for a line that has
 * `_aws` but violates the specification: CloudWatch would drop it. The storage resolution is ignored.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const readEmbeddedMetrics = (line: string): Measurement[] => {
  // Cheaper than parsing every other line of a log.
  if (!line.includes('"_aws"')) return [];
  const value = parseJson(WHAT, line);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '_aws')) return [];
  const document = parseStrictly(WHAT, DOCUMENT, value);
  return document._aws.CloudWatchMetrics.flatMap((directive) => measure(document, directive));
};

const WHAT = 'a line of embedded metric format';

const measure = (document: Document, { Namespace, Dimensions, Metrics }: Directive) => {
  const time = document._aws.Timestamp;
  return Dimensions.map((names) => readDimensions(document, names)).flatMap((dimensions) =>
    Metrics.flatMap(({ Name, Unit }) =>
      readValues(document, Name).map((value) => ({
        ...{ namespace: Namespace, name: Name, dimensions },
        ...{ value, unit: Unit, time },
      })),
    ),
  );
};

const readDimensions = (document: Document, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, readDimension(document, name)]));

const readDimension = (document: Document, name: string): string => {
  const value = targetOf(document, name);
  if (typeof value === 'string') return value;
  throw new CloudWatchError(`The dimension ${name} of ${WHAT} is not a string.`);
};

const readValues = (document: Document, name: string): number[] => {
  const value = parseStrictly(`the metric ${name} of ${WHAT}`, VALUES, targetOf(document, name));
  return [value].flat();
};

// A target is a member of the root, never a nested one.
const targetOf = (document: Document, name: string): unknown =>
  Object.hasOwn(document, name) ? document[name] : undefined;
