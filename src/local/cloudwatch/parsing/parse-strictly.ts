import type { z } from 'zod';
import { CloudWatchError } from '../cloudwatch-error.ts';

/**
 * The value, if it fits the schema. Throws a CloudWatchError that names `what`, each part of the value that does
 * not fit, and why, such as `stacked: expected boolean`.
 */
export const parseStrictly = <Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new CloudWatchError(`The local CloudWatch cannot read ${what}: ${problems.join('; ')}`);
};

/** The value of a JSON text. Throws a CloudWatchError that names `what` if it is none. */
export const parseJson = (what: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CloudWatchError(`The local CloudWatch cannot read ${what}: it is not JSON.`, {
      cause,
    });
  }
};
