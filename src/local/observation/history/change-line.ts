import * as z from 'zod';
import type { AlarmChange } from '../../cloudwatch/alarms/alarms.ts';
import { parseJson, parseStrictly } from '../../cloudwatch/parsing/parse-strictly.ts';

const STATE = z.enum(['ALARM', 'INSUFFICIENT_DATA', 'OK']);

const SCHEMA = z.strictObject({
  alarm: z.string(),
  time: z.int(),
  from: STATE,
  to: STATE,
  reason: z.string(),
});

/** A line of JSON from which `parseChange` makes an equal change. */
export const formatChange = (change: AlarmChange): string => JSON.stringify(change);

/** The change of a line. Throws a CloudWatchError for a line that `formatChange` did not write. */
export const parseChange = (line: string): AlarmChange => {
  const what = 'a line of alarm changes';
  return parseStrictly(what, SCHEMA, parseJson(what, line));
};
