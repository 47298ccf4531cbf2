import { commandLine } from '../runtime/command-line.ts';
import { SettingError } from '../settings/setting-error.ts';
import { DASHBOARD_PATH } from './dashboard/dashboard-routes.ts';
import { type CounterBehindEdge, EDGE_PREFIX, startBehindEdge } from './edge/start-behind-edge.ts';
import { answeredHosts } from './http-server/allowed-hosts.ts';
import { DEFAULT_HOST } from './http-server/http-server.ts';
import { watchLauncher } from './launcher.ts';
import { type LocalCounter, type LocalCounterOptions, startLocalCounter } from './local-counter.ts';
import type { ObserveOptions } from './observation/open-observation.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { StartError } from './start-error.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const printError = (text: string): void => void process.stderr.write(`${text}\n`);

type StartedCounter = LocalCounter & Partial<Pick<CounterBehindEdge, 'edgeUrl'>>;

const run = async (options: Options, { loadTemplate, ...files }: ServedFiles): Promise<void> => {
  const { historyFolder } = options;
  const observe = { loadTemplate, historyFolder };
  const all = { ...options, ...files, observe, env: process.env };
  const starting: Promise<StartedCounter> = options.hasEdge
    ? startBehindEdge(all)
    : startLocalCounter(all);
  stopOnSignal(starting);
  const counter = await starting;
  print(startMessage(counter, options));
  await counter.ended.catch(async (error) => {
    exitAfterTimeout();
    await counter.stop();
    throw error;
  });
};

// One Ctrl-C arrives twice, from the terminal and from npm, so repeated signals are ignored. SIGHUP
// means that the terminal was closed.
const stopOnSignal = (starting: Promise<LocalCounter>): void => {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    exitAfterTimeout();
    // If the start fails, `run` reports it and ends the process.
    await starting.then((counter) => counter.stop().then(() => process.exit())).catch(fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  watchLauncher(process.env, stop);
};

const STOP_TIMEOUT_MS = 4_000;

// A part that hangs must not keep the process alive. The kernel then ends the emulator too, and
// everything confirmed to a client is on disk.
const exitAfterTimeout = (): void => {
  setTimeout(() => {
    printError('Some parts did not stop in time and were killed. No count is lost.');
    process.exit(1);
  }, STOP_TIMEOUT_MS).unref();
};

const startMessage = ({ url, edgeUrl }: StartedCounter, options: Options): string => {
  const { host, allowedHosts, dataFolder, historyFolder, hasLegacyRoute } = options;
  const api = edgeUrl === undefined ? url : edgeUrl + EDGE_PREFIX;
  const page = hasLegacyRoute && !edgeUrl ? 'index.html' : '';
  const legacy = `\n  Legacy     ${api}/ counts a visit and answers both numbers`;
  return `
  session-counter is running

  Page       ${edgeUrl ?? url}/${page}${hasLegacyRoute ? legacy : ''}
  Counts     ${api}/counts
  Dashboard  ${url}${DASHBOARD_PATH}
  Data       ${dataFolder ?? IN_MEMORY}
  History    ${historyFolder ?? `${IN_MEMORY}; to keep it: --history DIR`}
${edgeUrl === undefined ? '' : edgeLine(url)}${host === DEFAULT_HOST ? '' : hostLine(host, allowedHosts)}
  Open the page in two browsers and watch the counts change. Press Ctrl-C to stop.
`;
};

const IN_MEMORY = 'in memory, lost when it stops';

const edgeLine = (url: string): string => `\
  Counter    ${url}; it refuses what does not come through the edge
`;

const hostLine = (host: string, allowedHosts: readonly string[]): string => `\
  Address    ${host}; answers requests for ${answeredHosts(allowedHosts).join(', ')}.
             To add a name: ${commandLine('start', '--allowed-host NAME')}
`;

const fail = (error: unknown): never => {
  const isExpected = error instanceof StartError || error instanceof SettingError;
  printError(isExpected ? error.message : String((error as Error).stack ?? error));
  process.exit(1);
};

/** What the local run serves besides the API. */
export type ServedFiles = Pick<LocalCounterOptions, 'pageFolder' | 'loadWidget'> &
  Pick<ObserveOptions, 'loadTemplate'> &
  Required<Pick<LocalCounterOptions, 'loadDashboardPage'>>;

/**
 * Runs the whole counter with these arguments until a signal ends it, or prints the help. Ends the
 * process with exit code 1 and a message when it cannot start.
 */
export const runStart = async (args: string[], files: ServedFiles): Promise<void> => {
  // Writing to a closed terminal fails. That alone must not end the process.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  try {
    const options = parseOptions(args);
    await (options.help ? print(HELP) : run(options, files));
  } catch (error) {
    fail(error);
  }
};
