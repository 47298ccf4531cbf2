import type { Paint } from '../console/console.ts';
import { countOf } from '../console/count-of.ts';
import type { ComparedReplay } from './replay.ts';

/** A replay as lines for a reader, beside the live counter when there is one. */
export const formatReplay = (replay: ComparedReplay, paint: Paint): string => {
  const { counter, live, records, duplicates, odd, late } = replay;
  const days = new Set([...counter.startedByDay.keys(), ...(live?.startedByDay.keys() ?? [])]);
  return [
    `${countOf(records, 'record')}, ${countOf(duplicates, 'duplicate')} among them, ${odd} odd`,
    ...(late > 0
      ? [`${countOf(late, 'record')} without a time that tells their place: not counted`]
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
    ...(live ? [verdict(counter.total, live.total, paint)] : []),
  ].join('\n');
};

const row = (label: string, value: string | number, live: string | number | undefined): string =>
  `  ${label.padEnd(18)} ${String(value).padStart(9)}${live === undefined ? '' : String(live).padStart(10)}`;

const verdict = (replayed: number, live: number, paint: Paint): string =>
  replayed === live
    ? paint('green', 'They agree.')
    : paint('red', `They differ by ${live - replayed}.`);
