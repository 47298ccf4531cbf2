import type { ByCounter } from '../../src/domain/by-counter.ts';
import { createHashKey } from '../../src/local/data-folder.ts';
import { type Database, openDatabase, type TableNames } from '../../src/local/database.ts';
import { ownTables } from '../../test/support/own-tables.ts';
import { type CommitTrap, createCommitTrap } from './commit-trap.ts';
import { COUNTERS_SETTING } from './counters.ts';
import { replayStream, waitUntilDrained } from './drain.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { createKillSchedule } from './kill-schedule.ts';
import { inexactCounters, type Numbers, readNumbers, visitorsOf } from './numbers.ts';
import { type EndurancePlan, type PlannedKill, planRun } from './plan.ts';
import { type RestartableDynamoDB, startEmulator, useDynamoDB } from './restartable-dynamodb.ts';
import { type RestartableProcess, startProcess } from './restartable-process.ts';
import { type Retries, runVisitors } from './visitors.ts';

export interface EnduranceOptions {
  readonly seed: number;
  readonly sessions: number;
  /** An empty folder for databases. */
  readonly folder: string;
  /** The DynamoDB to use instead of the embedded one. */
  readonly endpoint: string | undefined;
}

/** The result of a run. */
export interface Outcome {
  /** The counters with a number that is wrong. */
  readonly inexact: readonly string[];
  readonly plan: EndurancePlan;
  /** The number of kills of each kind. */
  readonly kills: ReadonlyMap<string, number>;
  readonly faults: FaultProxy['faults'];
  readonly retries: Retries;
  readonly seconds: number;
  /** Once everything is delivered. */
  readonly afterDelivery: ByCounter<Numbers>;
  /** After the whole stream was delivered once more from its start. */
  readonly afterReplay: ByCounter<Numbers>;
}

interface RunSetup {
  readonly dynamodb: RestartableDynamoDB;
  readonly database: Database;
  readonly tables: TableNames;
  readonly commitTrap: CommitTrap;
  readonly proxy: FaultProxy;
  readonly eventSource: RestartableProcess;
  readonly url: string;
}

/**
 * Lets visitors load the page during kills and faults, waits until everything is delivered and reads the
 * numbers; then replays the whole stream and reads them again. Leaves no process behind.
 */
export const runEndurance = async (options: EnduranceOptions): Promise<Outcome> => {
  const startedAt = Date.now();
  await using started = new AsyncDisposableStack();
  const plan = planRun(options.seed, options.sessions);
  const setup = await startSetup(options, plan, started);
  const { retries, kills } = await visitDuringFaults(plan, setup);
  setup.proxy.stopFaults();
  const afterDelivery = await readSettledNumbers(setup);
  await setup.eventSource.kill();
  await replayStream(setup.database, setup.tables);
  const afterReplay = await readSettledNumbers(setup);
  const visitors = visitorsOf(plan.visitors);
  const wrong = [afterDelivery, afterReplay].flatMap((found) => inexactCounters(found, visitors));
  const seconds = (Date.now() - startedAt) / 1000;
  const { faults } = setup.proxy;
  const inexact = [...new Set(wrong)];
  return { inexact, plan, kills, faults, retries, seconds, afterDelivery, afterReplay };
};

const startSetup = async (
  { folder, endpoint }: EnduranceOptions,
  { faultSeed }: EndurancePlan,
  started: AsyncDisposableStack,
): Promise<RunSetup> => {
  const dynamodb = endpoint ? useDynamoDB(endpoint) : await startEmulator(folder);
  started.defer(dynamodb.stop);
  const tables = ownTables();
  const commitTrap = createCommitTrap(tables.COUNTS_TABLE);
  const proxy = await startFaultProxy({ target: dynamodb.endpoint, seed: faultSeed, commitTrap });
  started.defer(proxy.stop);
  const database = await openDatabase(dynamodb.endpoint, tables);
  const env = processEnvironment({ ...tables, ENDPOINT: proxy.endpoint });
  const api = startProcess('./api-process.ts', env);
  started.defer(api.kill);
  const eventSource = startProcess('./event-source-process.ts', env);
  started.defer(eventSource.kill);
  const url = `${await api.ready()}`;
  return { dynamodb, database, tables, commitTrap, proxy, eventSource, url };
};

// Both processes log every fault, as they should, but nobody needs to read that here.
const processEnvironment = (settings: Record<string, string>): Record<string, string> => ({
  ...settings,
  HASH_KEY: createHashKey(),
  COUNTERS: COUNTERS_SETTING,
  NEW_SESSIONS_PER_HOUR: '0', // All visitors have one address.
  POWERTOOLS_LOG_LEVEL: 'SILENT',
});

const visitDuringFaults = async (
  plan: EndurancePlan,
  setup: RunSetup,
): Promise<Pick<Outcome, 'retries' | 'kills'>> => {
  const { killAndRestart } = setup.dynamodb;
  const { onCounted, finish } = createKillSchedule(plan.kills, {
    emulator: killAndRestart && (() => killAndRestart().then(() => 'SIGKILL: emulator')),
    'event source': (kill) => disruptEventSource(kill, setup),
  });
  // Nothing may be started after this ends, not even by a kill in progress.
  const retries = await runVisitors(plan, { url: setup.url, onCounted }).finally(finish);
  return { retries, kills: await finish() };
};

const disruptEventSource = async (
  { trap }: PlannedKill,
  { commitTrap, eventSource }: RunSetup,
): Promise<string> => {
  const isCaught = trap ? await commitTrap.arm(trap) : false;
  if (isCaught && trap === 'refused') return 'commits refused until the SDK gave up';
  await eventSource.kill();
  eventSource.start();
  return `SIGKILL: event source, ${isCaught ? trap : 'at any moment'}`;
};

const readSettledNumbers = async ({
  database,
  tables,
  url,
}: RunSetup): Promise<ByCounter<Numbers>> => {
  await waitUntilDrained(database, tables);
  return readNumbers(database, tables, url);
};
