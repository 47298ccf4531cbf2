import { fileURLToPath } from 'node:url';
import { SettingError } from '../settings/setting-error.ts';
import { watchLauncher } from './launcher.ts';
import { type LocalCounter, startLocalCounter } from './local-counter.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { StartError } from './start-error.ts';

const PAGE_FOLDER = fileURLToPath(new URL('../../examples/resume', import.meta.url));

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const complain = (text: string): void => void process.stderr.write(`${text}\n`);

const run = async ({ port, allowedHosts, dataFolder }: Options): Promise<void> => {
  const env = process.env;
  const places = { port, allowedHosts, dataFolder, pageFolder: PAGE_FOLDER };
  const starting = startLocalCounter({ ...places, env });
  stopWhenTold(starting);
  const counter = await starting;
  print(welcome(counter.url, dataFolder));
  await counter.ended.catch(async (error) => {
    limitStop();
    await counter.stop();
    throw error;
  });
};

// One Ctrl-C comes twice, from the terminal and from npm, and a third changes nothing: the end is
// near. SIGHUP is a terminal that closes.
const stopWhenTold = (starting: Promise<LocalCounter>): void => {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    limitStop();
    // A start that fails is told of, and ends the process, elsewhere.
    await starting.then((counter) => counter.stop().then(() => process.exit())).catch(fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  watchLauncher(process.env, stop);
};

const STOP_MS = 4_000;

// What hangs may not keep us. The kernel takes the emulator along, and what a client was told is on
// the disk.
const limitStop = (): void => {
  setTimeout(() => {
    complain('Not everything ended in time, so it was ended the hard way. No count is lost.');
    process.exit(1);
  }, STOP_MS).unref();
};

const welcome = (url: string, dataFolder: string | undefined): string => `
  session-counter is running

  Page     ${url}/
  Counts   ${url}/counts
  Data     ${dataFolder ?? 'in memory, forgotten at the end'}

  Open the page in two browsers and watch it count. Ctrl-C stops everything.
`;

const fail = (error: unknown): never => {
  const isExpected = error instanceof StartError || error instanceof SettingError;
  complain(isExpected ? error.message : String((error as Error).stack ?? error));
  process.exit(1);
};

// A terminal that has gone takes no words, which is no reason to end without an order.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

try {
  const options = parseOptions(process.argv.slice(2));
  await (options.help ? print(HELP) : run(options));
} catch (error) {
  fail(error);
}
