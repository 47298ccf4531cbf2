import { median, round } from '../meters/latency.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';
import { openBareSdk } from './bare-sdk.ts';
import { openOverHttp } from './over-http.ts';
import type { Slice } from './slice.ts';

const CONNECTIONS = 32;

/** HTTP and our handlers against the bare SDK, alternating, with the same emulator. */
export const benchThroughput = async (bench: Bench): Promise<Findings> => {
  // Reads first: with the sessions of the visits, the Query would dominate the measurement.
  const reads = { request: 'GET /counts', against: 'a GetItem and a Query' };
  const visits = { request: 'POST /sessions', against: 'an UpdateItem' };
  const ours = await openOverHttp(bench);
  const bare = await openBareSdk(bench);
  const rows: Row[] = [];
  for (const connections of [1, CONNECTIONS]) {
    const read = await comparePairs(bench, ours.read(connections), bare.read(connections));
    rows.push(describe(reads, connections, read));
  }
  for (const connections of [1, CONNECTIONS]) {
    const visit = await comparePairs(bench, ours.visit(connections), bare.visit(connections));
    rows.push(describe(visits, connections, visit));
  }
  await ours.stop();
  return { title: 'Requests a second, against the bare SDK', rows, goals: goalsOf(rows) };
};

interface Pair {
  readonly ours: number;
  readonly bare: number;
}

const comparePairs = async ({ plan }: Bench, ours: Slice, bare: Slice): Promise<Pair[]> => {
  const { pairs, seconds } = plan.throughput;
  const found: Pair[] = [];
  for (let pair = plan.isWarmedUp ? -1 : 0; pair < pairs; pair += 1) {
    const measured = { ours: await ours(seconds), bare: await bare(seconds) };
    if (pair >= 0) found.push(measured);
  }
  return found;
};

const describe = (
  names: { readonly request: string; readonly against: string },
  connections: number,
  pairs: readonly Pair[],
): Row => ({
  ...names,
  connections,
  'share of the bare SDK': round(median(pairs.map(({ ours, bare }) => ours / bare))),
  'over HTTP a second': Math.round(median(pairs.map(({ ours }) => ours))),
  'bare a second': Math.round(median(pairs.map(({ bare }) => bare))),
  pairs: pairs.length,
});

const goalsOf = (rows: readonly Row[]): Goal[] =>
  rows
    .filter(({ connections }) => connections === CONNECTIONS)
    .map(({ request, against, 'share of the bare SDK': share = 0 }) => ({
      ...{ goal: `${request} reaches at least 0.8 times the rate of ${against}`, kind: 'timed' },
      ...{ isMet: Number(share) >= 0.8, measured: [Number(share)] },
    }));
