import { fileURLToPath } from 'node:url';
import { SettingError } from '../settings/setting-error.ts';
import { startLocalCounter } from './local-counter.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { StartError } from './start-error.ts';

const PAGE_FOLDER = fileURLToPath(new URL('../../examples/resume', import.meta.url));

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const run = async ({ port, dataFolder }: Options): Promise<void> => {
  const env = process.env;
  const counter = await startLocalCounter({ port, dataFolder, pageFolder: PAGE_FOLDER, env });
  print(welcome(counter.url, dataFolder));
  const stop = (): Promise<void> => counter.stop().then(() => process.exit());
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await counter.ended.catch(async (error) => {
    await counter.stop();
    throw error;
  });
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
  process.stderr.write(`${isExpected ? error.message : ((error as Error).stack ?? error)}\n`);
  process.exit(1);
};

try {
  const options = parseOptions(process.argv.slice(2));
  await (options.help ? print(HELP) : run(options));
} catch (error) {
  fail(error);
}
