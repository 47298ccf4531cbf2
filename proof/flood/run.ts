import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readTotal, runCommand, startCommand } from './commands.ts';
import { type StartedCounter, startCounter } from './started-counter.ts';
import { flood, type Outcome, visitHonestly } from './visits.ts';

export interface FloodPlan {
  /** User agents of the one address. */
  readonly size: number;
  /** People of each group of honest visitors. */
  readonly honest: number;
  /** An empty folder. */
  readonly folder: string;
  readonly print: (text: string) => void;
}

const WRITE_UNITS = ['--max-write-units', '100000'];
const MARGIN_MS = 61_000; // after which a retract accepts the end of its interval

/** Floods a counter with the default limit; returns what is wrong. */
export const runLimited = async ({ size, honest, folder, print }: FloodPlan): Promise<string[]> => {
  const data = join(folder, 'limited');
  const { port, stop } = await startCounter(data, {});
  const flooded = await timed(print, `${size} user agents of one address`, () => flood(port, size));
  const people = await visitHonestly(port, { group: 1, size: honest });
  await untilCounted(data, honest + LIMIT);
  const total = await readTotal(data);
  await stop();
  return [
    ...unless('the flood', describe({ counted: LIMIT, rate: size - LIMIT }), describe(flooded)),
    ...unless('the people', describe({ counted: honest }), describe(people)),
    ...unless('the total', `site,total,,${honest + LIMIT},0`, total),
  ];
};

// By default; each container has its own, and the local run is one.
const LIMIT = 30;

/** Floods a counter without a limit, and takes the flood back, killed in between; returns what is wrong. */
export const runRetracted = async (plan: FloodPlan): Promise<string[]> => {
  const { size, honest, folder, print } = plan;
  const data = join(folder, 'retracted');
  const counter = await startCounter(data, { NEW_SESSIONS_PER_HOUR: '0' });
  const before = await visitHonestly(counter.port, { group: 1, size: honest });
  const from = new Date().toISOString();
  const flooded = await timed(print, `${size} user agents without a limit`, () =>
    flood(counter.port, size),
  );
  const to = new Date(Date.now() + 1).toISOString();
  await delay(10);
  const after = await visitHonestly(counter.port, { group: 2, size: honest });
  await untilCounted(data, size + 2 * honest);
  await delay(MARGIN_MS);
  const retract = ['retract', '--from', from, '--to', to, '--yes', ...WRITE_UNITS];
  const during = await timed(print, 'the retract, killed and resumed', () =>
    retractWhileVisited(counter, { ...plan, data, retract }),
  );
  await untilCounted(data, 3 * honest);
  const total = await readTotal(data);
  const verified = await runCommand(data, 'verify');
  await counter.stop();
  const people = describe({ counted: honest });
  return [
    ...unless('the flood', describe({ counted: size }), describe(flooded)),
    ...unless('the people before', people, describe(before)),
    ...unless('the people after', people, describe(after)),
    ...unless('the people during the retract', people, describe(during)),
    ...unless('the total', `site,total,,${3 * honest},0`, total),
    ...unless('verify', '0', String(verified.code)),
  ];
};

const retractWhileVisited = async (
  { port }: StartedCounter,
  {
    size,
    honest,
    print,
    data,
    retract,
  }: FloodPlan & { readonly data: string; readonly retract: string[] },
): Promise<Outcome> => {
  const half = Math.ceil(honest / 2);
  const killed = startCommand(data, ...retract);
  killed.stdout?.resume();
  const first = visitHonestly(port, { group: 3, size: half });
  await untilLess(data, size + 2 * honest);
  killed.kill('SIGKILL');
  if (killed.exitCode === null && killed.signalCode === null) await once(killed, 'exit');
  const firstHalf = await first;
  print(`  killed at ${await readTotal(data)}`);
  const resumed = runCommand(data, ...retract);
  const secondHalf = await visitHonestly(port, { group: 4, size: honest - half });
  const { code, output } = await resumed;
  if (code !== 0) throw new Error(`The retract ended with ${code}: ${output}`);
  return { counted: (firstHalf.counted ?? 0) + (secondHalf.counted ?? 0) };
};

const COUNTED_MS = 600_000;

const untilCounted = async (folder: string, total: number): Promise<void> => {
  for (const giveUpAt = Date.now() + COUNTED_MS; Date.now() < giveUpAt; await delay(1_000)) {
    if ((await readTotal(folder)).startsWith(`site,total,,${total},`)) return;
  }
};

const untilLess = async (folder: string, total: number): Promise<void> => {
  const totalNow = async (): Promise<number> => Number((await readTotal(folder)).split(',')[3]);
  for (const giveUpAt = Date.now() + COUNTED_MS; Date.now() < giveUpAt; )
    if ((await totalNow()) < total) return;
};

const timed = async <Result>(
  print: FloodPlan['print'],
  what: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  const startedAt = performance.now();
  const result = await work();
  print(`${what}: ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  return result;
};

const describe = (outcome: Outcome): string =>
  Object.entries(outcome)
    .filter(([, count]) => count > 0)
    .map(([end, count]) => `${end} ${count}`)
    .sort()
    .join(', ');

const unless = (what: string, expected: string, found: string): string[] =>
  expected === found ? [] : [`${what}: expected ${expected}, got ${found}`];
