import type { Consumption } from '../../capacity-meter.ts';
import { createLatency, type Latency, round } from '../meters/latency.ts';
import type { Bench, Findings, Goal, Row } from '../part.ts';
import {
  ALL_PAGES,
  type Contestant,
  createOldContestants,
  createOurContestant,
  type Ground,
} from './contestants.ts';
import type { Shown } from './old-counter.ts';
import { shownAtRest } from './shown-at-rest.ts';

interface Tried {
  readonly contestant: Contestant;
  readonly latency: Latency;
  readonly taken: Consumption[];
  shown: Shown;
  /** The actual number of sessions at that time. */
  actual: number;
}

/** Page views with growing numbers of stored sessions: the old algorithm, its fixed version, ours. */
export const benchPageViews = async (bench: Bench): Promise<Findings> => {
  const tried: Tried[] = [];
  for (const stored of bench.plan.stored) {
    for (const contestant of await createContestants({ ...bench, stored })) {
      const shown = { unique: 0, active: 0 };
      tried.push({ contestant, latency: createLatency(), taken: [], shown, actual: stored });
    }
  }
  for (const name of new Set(tried.map(({ contestant }) => contestant.name))) {
    const ofName = tried.filter(({ contestant }) => contestant.name === name);
    await tryAll(ofName, (each) => viewsOf(each, bench));
  }
  const rows = [];
  for (const each of tried) rows.push(await describe(each, tried, bench));
  return { title: 'A page view, by the number of stored sessions', rows, goals: goalsOf(rows) };
};

const createContestants = async (ground: Ground): Promise<Contestant[]> => [
  // On the emulator, a page view that reads a million rows takes a quarter of an hour.
  ...(await createOldContestants(ground)).filter(
    ({ name, stored }) => name !== ALL_PAGES || stored <= VERY_MANY,
  ),
  await createOurContestant(ground),
];

const WARM_UP = 0.2;

// All sizes in rotation, so that other load on the machine affects them alike. The first views are not
// measured, because the engine is still compiling.
const tryAll = async (tried: readonly Tried[], views: (each: Tried) => number): Promise<void> => {
  const most = Math.max(...tried.map(views));
  for (let view = 0; view < most * (1 + WARM_UP); view += 1) {
    for (const each of tried) {
      const cold = Math.ceil(views(each) * WARM_UP);
      if (view < cold) await viewUnmeasured(each, view);
      else if (view < cold + views(each)) await viewOnce(each, view);
    }
  }
};

// Unlike DynamoDB, the emulator reads the whole table for each page of a Scan.
const VERY_MANY = 100_000;

const viewsOf = ({ contestant }: Tried, { plan }: Bench): number => {
  const { name, stored } = contestant;
  if (name === 'ours') return plan.views;
  return name === ALL_PAGES || stored > VERY_MANY ? plan.slowViews : plan.views;
};

// Each browser visits twice, so half of the page views are new sessions.
const viewUnmeasured = async (tried: Tried, view: number): Promise<void> => {
  const { view: viewPage, stored, browsers } = tried.contestant;
  tried.shown = await viewPage(Math.floor(view / 2));
  tried.actual = stored + browsers.size;
};

const viewOnce = async (tried: Tried, view: number): Promise<void> => {
  const { contestant, latency, taken } = tried;
  taken.push(await contestant.meter(() => latency.time(() => viewUnmeasured(tried, view))));
};

const describe = async (tried: Tried, all: readonly Tried[], bench: Bench): Promise<Row> => {
  const { contestant, latency, taken, actual } = tried;
  const { name, stored } = contestant;
  const smallest = all.find(
    (other) => other.contestant.name === name && other.contestant.stored === bench.plan.stored[0],
  );
  const shown = name === 'ours' ? await shownAtRest(bench.endpoint, tried, actual) : tried.shown;
  return {
    counter: name,
    stored,
    'p50 against the fewest': round(
      latency.percentile(50) / (smallest ?? tried).latency.percentile(50),
    ),
    'error of the total': `${round(((shown.unique - actual) / actual) * 100)} %`,
    ...meansOf(taken),
    'p50 ms': latency.percentile(50),
    'p99 ms': latency.percentile(99),
    views: latency.count(),
    'shown unique': shown.unique,
    'actually unique': actual,
  };
};

const meansOf = (taken: readonly Consumption[]) => {
  const mean = (numberOf: (consumption: Consumption) => number): number =>
    taken.reduce((sum, consumption) => sum + numberOf(consumption), 0) / taken.length;
  return {
    requests: mean(({ requests }) => requests),
    'read units': mean(({ readUnits }) => readUnits),
    'write units': mean(({ writeUnits }) => writeUnits),
  };
};

const goalsOf = (rows: readonly Row[]): Goal[] => {
  const ours = rows.filter(({ counter }) => counter === 'ours');
  const valuesOf = (column: string) => ours.map((row) => row[column] ?? '');
  const flat = (column: string): Goal => {
    const values = valuesOf(column);
    const isMet = values.every((value) => value === values[0]);
    return {
      ...{ goal: `our ${column} are the same at every size`, kind: 'counted', isMet },
      measured: values.map(Number),
    };
  };
  const slowest = Math.max(...valuesOf('p50 against the fewest').map(Number));
  return [
    flat('requests'),
    flat('read units'),
    flat('write units'),
    {
      ...{ goal: 'our total is exact at every size', kind: 'counted' },
      isMet: ours.every((row) => row['shown unique'] === row['actually unique']),
      measured: valuesOf('error of the total').join(', '),
    },
    {
      ...{ goal: 'our p50 at any size is within 1.2 times that at the fewest', kind: 'timed' },
      ...{ isMet: slowest <= 1.2, measured: [slowest] },
    },
  ];
};
