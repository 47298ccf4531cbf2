import type { AlarmDescription } from './alarm-description.ts';
import { COUNTING_ALARMS } from './counting-alarms.ts';
import { SERVING_ALARMS } from './serving-alarms.ts';
import type { Sources } from './sources.ts';

/**
 * Every alarm. They look at 17 metrics, of which an account has 10 free; each further one costs
 * 0.10 USD a month. So a throttled query or reporter has no alarm of its own: the first shows as
 * an API error, the second as a silent reporter, and neither loses a visit.
 */
export const ALARMS: readonly AlarmDescription[] = [...COUNTING_ALARMS, ...SERVING_ALARMS];

/** The alarms of the counter that is watched. */
export const listAlarms = (sources: Sources): readonly AlarmDescription[] =>
  ALARMS.filter(({ applies }) => applies?.(sources) ?? true);
