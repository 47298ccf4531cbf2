import { namesIn } from '../../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../../domain/counter.ts';
import type { Paint } from '../console/console.ts';
import { countOf } from '../console/count-of.ts';
import type { ComparedReplay } from './replay.ts';

/** Formats a replay as text, each counter next to the live one if there is one. */
export const formatReplay = (replay: ComparedReplay, paint: Paint): string => {
  const { counters, live, records, duplicates, malformed, late } = replay;
  const names = namesIn(counters, live ?? new Map());
  const differing = findDiffering(replay);
  return [
    `${countOf(records, 'record')}, of which ${countOf(duplicates, 'duplicate')} and ${malformed} malformed`,
    ...(late > 0
      ? [`${countOf(late, 'record')} not counted, because the time is missing or too old`]
      : []),
    ...(live ? [row('', 'replayed', 'live')] : []),
    ...names.flatMap((name) => [
      ...(names.length === 1 ? [] : [`Counter ${name}`]),
      ...describeCounter(
        counters.get(name) ?? EMPTY_COUNTER,
        live && (live.get(name) ?? EMPTY_COUNTER),
      ),
    ]),
    ...(live ? [describeTotals(replay, differing, paint)] : []),
  ].join('\n');
};

/** The names of the counters whose total differs from the live one; none without a comparison. */
export const findDiffering = ({ counters, live }: ComparedReplay): string[] =>
  live === undefined
    ? []
    : namesIn(counters, live).filter(
        (name) => (counters.get(name)?.total ?? 0) !== (live.get(name)?.total ?? 0),
      );

const describeCounter = (counter: Counter, live: Counter | undefined): string[] => {
  const days = new Set([...counter.startedByDay.keys(), ...(live?.startedByDay.keys() ?? [])]);
  return [
    row('Distinct sessions', counter.total, live?.total),
    row('Rows removed', counter.removed, live?.removed),
    ...[...days].sort().map((day) => {
      const started = counter.startedByDay.get(day) ?? 0;
      return row(`New on ${day}`, started, live && (live.startedByDay.get(day) ?? 0));
    }),
  ];
};

const row = (label: string, value: string | number, live: string | number | undefined): string =>
  `  ${label.padEnd(18)} ${String(value).padStart(9)}${live === undefined ? '' : String(live).padStart(10)}`;

const describeTotals = (
  { counters, live = new Map() }: ComparedReplay,
  differing: readonly string[],
  paint: Paint,
): string => {
  if (differing.length === 0) return paint('green', 'The totals agree.');
  const names = namesIn(counters, live);
  if (names.length > 1) return paint('red', `The totals differ: ${differing.join(', ')}.`);
  const [name = ''] = names;
  const by = (live.get(name)?.total ?? 0) - (counters.get(name)?.total ?? 0);
  return paint('red', `The totals differ by ${by}.`);
};
