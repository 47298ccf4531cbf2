import type { Consumption } from '../../capacity-meter.ts';
import { createLatency, type Latency, round } from '../meters/latency.ts';
import type { Bench, Findings, Row } from '../part/part.ts';
import {
  ALL_PAGES,
  type ComparedCounter,
  type CounterSetup,
  createOldCounters,
  createOurCounter,
} from './compared-counters.ts';
import type { Shown } from './old-counter.ts';
import { pageViewGoals } from './page-view-goals.ts';
import { readSettledPage } from './settled-page.ts';

interface MeasuredCounter {
  readonly counter: ComparedCounter;
  readonly latency: Latency;
  readonly taken: Consumption[];
  shown: Shown;
  /** The actual number of sessions at that time. */
  actual: number;
}

/** Page views with growing numbers of stored sessions: the old algorithm, its fixed version, ours. */
export const benchPageViews = async (bench: Bench): Promise<Findings> => {
  const measured: MeasuredCounter[] = [];
  for (const stored of bench.plan.stored) {
    for (const counter of await createCounters({ ...bench, stored })) {
      const shown = { unique: 0, active: 0 };
      measured.push({ counter, latency: createLatency(), taken: [], shown, actual: stored });
    }
  }
  for (const name of new Set(measured.map(({ counter }) => counter.name))) {
    const ofName = measured.filter(({ counter }) => counter.name === name);
    await viewAll(ofName, bench);
  }
  const rows = [];
  for (const each of measured) rows.push(await describe(each, measured, bench));
  return {
    title: 'A page view, by the number of stored sessions',
    rows,
    goals: pageViewGoals(rows),
  };
};

const createCounters = async (setup: CounterSetup): Promise<ComparedCounter[]> => [
  // On the emulator, a page view that reads a million rows takes a quarter of an hour.
  ...(await createOldCounters(setup)).filter(
    ({ name, stored }) => name !== ALL_PAGES || stored <= VERY_MANY,
  ),
  await createOurCounter(setup),
];

const WARM_UP = 0.2;

// All sizes in rotation, so that other load on the machine affects them alike. The first views are not
// measured, because the engine is still compiling.
const viewAll = async (measured: readonly MeasuredCounter[], bench: Bench): Promise<void> => {
  const warmUp = bench.plan.isWarmedUp ? WARM_UP : 0;
  const most = Math.max(...measured.map((each) => viewsOf(each, bench)));
  for (let view = 0; view < most * (1 + warmUp); view += 1) {
    for (const each of measured) {
      const views = viewsOf(each, bench);
      const cold = Math.ceil(views * warmUp);
      if (view < cold) await viewUnmeasured(each, view);
      else if (view < cold + views) await viewOnce(each, view);
    }
  }
};

// Unlike DynamoDB, the emulator reads the whole table for each page of a Scan.
const VERY_MANY = 100_000;

const viewsOf = ({ counter }: MeasuredCounter, { plan }: Bench): number => {
  const { name, stored } = counter;
  if (name === 'ours') return plan.views;
  return name === ALL_PAGES || stored > VERY_MANY ? plan.slowViews : plan.views;
};

// Each browser visits twice, so half of the page views are new sessions.
const viewUnmeasured = async (measured: MeasuredCounter, view: number): Promise<void> => {
  const { view: viewPage, stored, browsers } = measured.counter;
  measured.shown = await viewPage(Math.floor(view / 2));
  measured.actual = stored + browsers.size;
};

const viewOnce = async (measured: MeasuredCounter, view: number): Promise<void> => {
  const { counter, latency, taken } = measured;
  taken.push(await counter.meter(() => latency.time(() => viewUnmeasured(measured, view))));
};

const describe = async (
  measured: MeasuredCounter,
  all: readonly MeasuredCounter[],
  bench: Bench,
): Promise<Row> => {
  const { counter, latency, taken, actual } = measured;
  const { name, stored } = counter;
  const smallest = all.find(
    (other) => other.counter.name === name && other.counter.stored === bench.plan.stored[0],
  );
  const shown =
    name === 'ours' ? await readSettledPage(bench.endpoint, measured, actual) : measured.shown;
  return {
    counter: name,
    stored,
    'p50 against the fewest': round(
      latency.percentile(50) / (smallest ?? measured).latency.percentile(50),
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
    'read units, fewest': Math.min(...taken.map(({ readUnits }) => readUnits)),
    'write units': mean(({ writeUnits }) => writeUnits),
  };
};
