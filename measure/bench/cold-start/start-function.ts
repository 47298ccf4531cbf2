import { spawnSync } from 'node:child_process';

/** What a step took, milliseconds. */
export interface Spent {
  /** Of all threads of the process, in user and kernel mode. */
  readonly cpu: number;
  readonly wall: number;
}

/** The start of one container. */
export interface Start {
  /** Importing the bundle until it could take an event. */
  readonly init: Spent;
  readonly first: Spent;
  readonly second: Spent;
  /** The median of the later calls. */
  readonly later: Spent;
  /** Resident memory at the end. */
  readonly megabytes: number;
}

// Before each call but the first a cached number of active sessions expires, so that the call is as expensive
// as it gets. Only our own code reads this clock; the SDK signs with the real one.
const RUNTIME = `
  const [file, text] = process.argv.slice(1);
  const [firstEvent, ...events] = JSON.parse(text);
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 15_000 };
  const measure = async (work) => {
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(cpu);
    return { result, spent: { cpu: (user + system) / 1_000, wall: performance.now() - startedAt } };
  };
  const realNow = Date.now;
  let aheadMs = 0;
  Date.now = () => realNow() + aheadMs;
  const { result: { handler }, spent: init } = await measure(() => import(file));
  const call = async (event) => (await measure(() => handler(event, context))).spent;
  const first = await call(firstEvent);
  const calls = [];
  for (const event of events) {
    aheadMs += 60_000;
    calls.push(await call(event));
  }
  const [second, ...rest] = calls;
  const later = rest.toSorted((a, b) => a.cpu - b.cpu)[Math.floor(rest.length / 2)];
  const megabytes = process.memoryUsage.rss() / 1e6;
  console.log(JSON.stringify({ init, first, second, later, megabytes }));
  process.exit();`;

/**
 * Starts the bundle in `file` in a fresh process, and calls it once with each of the events. Throws when
 * the bundle cannot be imported, a call throws, or it logs an error.
 */
export const startFunction = (
  file: string,
  events: readonly unknown[],
  env: Readonly<Record<string, string>>,
): Start => {
  const args = ['--input-type=module', '--eval', RUNTIME, file, JSON.stringify(events)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  if (status !== 0 || stderr !== '') throw new Error(`${file} does not work: ${stderr}`);
  // After the metrics, which the functions print.
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};
