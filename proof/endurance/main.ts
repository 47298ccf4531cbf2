import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findExternalDynamoDB } from '../../src/local/external-dynamodb.ts';
import { formatOutcome } from './report.ts';
import { runEndurance } from './run.ts';

const HELP = `Counts visits of 20 counters over HTTP while processes are killed and requests fail, then checks
every count.

  npm run test:endurance -- [options]

  --sessions N   number of distinct visitors (default 10000)
  --seed S       decides visitors, kills and faults (default: random; it is printed)
  --help         show this help

  AWS_ENDPOINT_URL_DYNAMODB   use the DynamoDB at this address; no emulator is killed then

Exits 0 when every count was exact, 1 otherwise.`;

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    help: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const readCount = (name: 'sessions' | 'seed'): number => {
  const text = values[name];
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RangeError(`--${name} must be a whole number, but it is "${text}"`);
};

/** An empty folder that is deleted when this process exits, unless it is killed. */
const createRunFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-endurance-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

// Everything a run starts exits with this process, so ending this process is enough.
const endOnSignals = (): void => {
  process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
};

const endure = async (): Promise<void> => {
  endOnSignals();
  const endpoint = await findExternalDynamoDB(process.env);
  const options = {
    ...{ seed: readCount('seed'), sessions: readCount('sessions') },
    ...{ folder: createRunFolder(), endpoint },
  };
  print(`Seed ${options.seed}\n`);
  const outcome = await runEndurance(options);
  print(formatOutcome(options, outcome));
  process.exitCode = outcome.inexact.length === 0 ? 0 : 1;
};

await (values.help ? print(HELP) : endure());
