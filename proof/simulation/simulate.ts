import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { generateHistory } from './generate.ts';
import type { Step } from './history.ts';
import { playHistory } from './play.ts';
import { formatReport } from './report.ts';
import { type Failure, HISTORY_STEPS, type Totals } from './run.ts';
import { runInParallel } from './run-in-parallel.ts';
import { shrinkHistory } from './shrink.ts';
import { Violation } from './violation.ts';

const HELP = `Runs random histories of a stream against the real projector and checks every step.

  npm run simulate -- [options]

  --deliveries N    run until this many records were delivered (default 1000000)
  --seeds N         and this many seeds were run (default 1)
  --least N         fail if any kind of event happened less often than this (default 0)
  --seed S          the first seed (default: random; it is printed)
  --history JSON    run this one history, as printed by a failure
  --help            show this help

Exits 0 when the counter was exact throughout; otherwise prints a short history and exits 1.`;

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '1000000' },
    seeds: { type: 'string', default: '1' },
    least: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    history: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const readCount = (name: 'deliveries' | 'seeds' | 'least' | 'seed'): number => {
  const text = values[name];
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new RangeError(`--${name} must be a whole number, but it is "${text}"`);
};

const simulate = async (): Promise<number> => {
  const firstSeed = readCount('seed');
  print(`Seed ${firstSeed}`);
  const { totals, failure } = await runInParallel({
    firstSeed,
    deliveries: readCount('deliveries'),
    seeds: readCount('seeds'),
    workers: availableParallelism(),
    onProgress: showProgress,
  });
  clearProgress();
  print(failure ? await explainFailure(failure) : `\n${formatReport(totals, firstSeed)}`);
  const rare = [...totals.events].filter(([, times]) => times < readCount('least'));
  if (!failure && rare.length > 0) print(`Too rare: ${rare.map(([event]) => event).join(', ')}`);
  return failure || rare.length > 0 ? 1 : 0;
};

const isTerminal = process.stdout.isTTY === true;
const showProgress = ({ deliveries, seeds }: Totals): void => {
  const text = `${deliveries.toLocaleString('en')} deliveries, ${seeds.toLocaleString('en')} seeds`;
  if (isTerminal) process.stdout.write(`\r${text}`);
};
const clearProgress = (): void => {
  if (isTerminal) process.stdout.write('\r\u001b[K');
};

const explainFailure = async ({ seed, step, message }: Failure): Promise<string> => {
  // At once, because shrinking takes long when the code is slow to fail.
  print(`Seed ${seed}, step ${step}: ${message}`);
  const history = await shrinkHistory(generateHistory(seed, HISTORY_STEPS));
  return [
    `Shortest history found, ${history.length} steps:`,
    ...history.map((shown, index) => `  ${index}  ${JSON.stringify(shown)}`),
    'Run it again with:',
    `  npm run simulate -- --history '${JSON.stringify(history)}'`,
  ].join('\n');
};

const playOne = async (text: string): Promise<number> => {
  try {
    await playHistory(JSON.parse(text) as Step[]);
    print('The counter was exact throughout.');
    return 0;
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    print(`Step ${error.step}: ${error.message}`);
    return 1;
  }
};

if (values.help) print(HELP);
else process.exitCode = await (values.history ? playOne(values.history) : simulate());
