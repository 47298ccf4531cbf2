import { type Baseline, MAX_BASELINE, type ShownCounter } from '../domain/baseline.ts';
import { isUtcDay } from '../domain/utc-day.ts';
import { parseCounterItem } from './counter-item.ts';
import { COUNTER } from './schema.ts';

/**
 * The counter in a stored item with its baseline, for what shows the counts. What counts sessions uses
 * `parseCounterItem`, which ignores the attribute, so that it goes on whatever the attribute holds. Throws an
 * UnreadableBaselineError when it holds no baseline, because the counts would fall, and as `parseCounterItem` does.
 */
export const parseShownCounter = (item: Record<string, unknown> | undefined): ShownCounter => {
  const counter = parseCounterItem(item);
  const baseline = item?.[COUNTER.baseline];
  if (baseline === undefined) return counter;
  if (isBaseline(baseline)) return { ...counter, baseline };
  throw new UnreadableBaselineError(String(item?.[COUNTER.name]), baseline);
};

const isBaseline = (value: unknown): value is Baseline => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { sessions, since, ...others } = value as Record<string, unknown>;
  return (
    isNumberOfSessions(sessions) &&
    (since === undefined || isUtcDay(since)) &&
    Object.keys(others).length === 0
  );
};

const isNumberOfSessions = (value: unknown): boolean =>
  Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= MAX_BASELINE;

/** The counter item has an attribute `baseline` that the command did not write. */
export class UnreadableBaselineError extends Error {
  override readonly name = 'UnreadableBaselineError';

  constructor(item: string, actual: unknown) {
    super(
      `The attribute ${COUNTER.baseline} of the item ${item} must be { sessions, since }, with 1 to ${MAX_BASELINE} ` +
        `sessions and a day or no since, but it is ${JSON.stringify(actual)}; set it again with the command baseline`,
    );
  }
}
