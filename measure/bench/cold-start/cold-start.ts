import { join } from 'node:path';
import { median, round } from '../meters/latency.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';
import { type Candidate, writeCandidates } from './candidates.ts';
import { shareOf } from './shares.ts';
import { startCannedAws } from './start-canned-aws.ts';
import { type Start, startFunction } from './start-function.ts';

const FIRST_CALL_GOAL = 2.5;

const OF_BARE = 'CPU of the first call, of the bare one';

interface Measured extends Candidate {
  readonly starts: Start[];
}

/**
 * What each function's bundle takes in a fresh process until it can take a call, and for its first calls,
 * against a bundle that sends one request; and the parts of its size.
 */
export const benchColdStart = async ({ folder, plan }: Bench): Promise<Findings> => {
  const candidates = await writeCandidates(join(folder, 'cold-start'));
  const measured: Measured[] = candidates.map((each) => ({ ...each, starts: [] }));
  await using aws = await startCannedAws();
  const env = { ...ENVIRONMENT, ...aws.environment };
  // In turn, so that a busy moment of the machine does not hit one of them only.
  for (let start = 0; start < plan.starts; start += 1)
    for (const { file, events, starts } of measured) starts.push(startFunction(file, events, env));
  const rows = measured.map((each) => describe(each, baseOf(each, measured)));
  return { title: 'The start and the first calls of a function', rows, goals: goalsOf(rows) };
};

// As on Lambda: settings and credentials in the environment, the key in a parameter.
const ENVIRONMENT = {
  ...{ AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'function' },
  ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  ...{ AWS_SESSION_TOKEN: 't'.repeat(400), STREAM_MAPPING_ID: 'mapping' },
  ...{ SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts', HASH_KEY_PARAMETER: '/key' },
};

const baseOf = ({ base }: Measured, all: readonly Measured[]): Measured => {
  const found = all.find(({ name }) => name === base);
  if (found) return found;
  throw new Error(`There is no candidate ${base}`);
};

const describe = (each: Measured, base: Measured): Row => ({
  bundle: each.name,
  [OF_BARE]: round(cpuOf(each, ['first']) / cpuOf(base, ['first'])),
  'CPU of start and first call, of the bare one': round(
    cpuOf(each, ['init', 'first']) / cpuOf(base, ['init', 'first']),
  ),
  'CPU of the start, ms': round(cpuOf(each, ['init'])),
  'first call': round(cpuOf(each, ['first'])),
  'first call, middle half': middleHalf(each.starts.map(({ first }) => first.cpu)),
  'second call': round(cpuOf(each, ['second'])),
  'later calls': round(cpuOf(each, ['later'])),
  'time of the start, ms': round(median(each.starts.map(({ init }) => init.wall))),
  'of the first call': round(median(each.starts.map(({ first }) => first.wall))),
  'of later calls': round(median(each.starts.map(({ later }) => later.wall))),
  'MB resident': round(median(each.starts.map(({ megabytes }) => megabytes))),
  starts: each.starts.length,
  bytes: Buffer.byteLength(each.bundle.text),
  ...shareOf(each.bundle),
});

type Step = 'init' | 'first' | 'second' | 'later';

/** The median over all starts of the CPU of these steps together, milliseconds. */
const cpuOf = ({ starts }: Measured, steps: readonly Step[]): number =>
  median(starts.map((start) => steps.reduce((sum, step) => sum + start[step].cpu, 0)));

const middleHalf = (values: readonly number[]): string => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return `${at(0.25)}–${at(0.75)}`;
};

const goalsOf = (rows: readonly Row[]): Goal[] => {
  const slowest = Math.max(...rows.map((row) => Number(row[OF_BARE])));
  return [
    {
      ...{ goal: `a first call takes at most ${FIRST_CALL_GOAL} times the CPU of a bare one` },
      ...{ kind: 'timed', isMet: slowest <= FIRST_CALL_GOAL, measured: [slowest] },
    },
  ];
};
