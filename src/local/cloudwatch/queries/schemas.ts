import * as z from 'zod';

/**
 * A period in seconds: at most a day, and no period of high resolution.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#CloudWatchPeriods
 */
export const PERIOD = z.int().multipleOf(60).min(60).max(86_400);

/** The id of a metric or an expression, which begins with a lowercase letter. */
export const QUERY_ID = z
  .string()
  .regex(/^[a-z]\w*$/, 'expected a lowercase letter, then letters, digits or _');

/** The dimensions of a metric in a template. */
export const DIMENSIONS = z
  .array(z.strictObject({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((pairs) => Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value])));
