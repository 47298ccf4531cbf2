import type { Paint } from '../console/console.ts';
import { countOf } from '../console/count-of.ts';
import type { ComparedReplay } from './replay.ts';

/** Formats a replay as text, next to the live counter if there is one. */
export const formatReplay = (replay: ComparedReplay, paint: Paint): string => {
  const { counter, live, records, duplicates, malformed, late } = replay;
  const days = new Set([...counter.startedByDay.keys(), ...(live?.startedByDay.keys() ?? [])]);
  return [
    `${countOf(records, 'record')}, of which ${countOf(duplicates, 'duplicate')} and ${malformed} malformed`,
    ...(late > 0
      ? [`${countOf(late, 'record')} not counted, because the time is missing or too old`]
      : []),
    ...(live ? [row('', 'replayed', 'live')] : []),
    row('Distinct sessions', counter.total, live?.total),
    row('Rows removed', counter.removed, live?.removed),
    ...[...days].sort().map((day) => {
      const numbers = [
        counter.startedByDay.get(day) ?? 0,
        live && (live.startedByDay.get(day) ?? 0),
      ];
      return row(`New on ${day}`, numbers[0] ?? 0, numbers[1]);
    }),
    ...(live ? [compareTotals(counter.total, live.total, paint)] : []),
  ].join('\n');
};

const row = (label: string, value: string | number, live: string | number | undefined): string =>
  `  ${label.padEnd(18)} ${String(value).padStart(9)}${live === undefined ? '' : String(live).padStart(10)}`;

const compareTotals = (replayed: number, live: number, paint: Paint): string =>
  replayed === live
    ? paint('green', 'The totals agree.')
    : paint('red', `The totals differ by ${live - replayed}.`);
