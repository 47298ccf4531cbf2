import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runLimited, runRetracted } from './run.ts';

const HELP = `Floods the counter of npm start over HTTP, from one address with many user agents: first with the limit of
new sessions, then without it, and takes the flood back with retract, which is killed and resumed. People visit
before, after and during the retract.

  npm run test:flood -- [options]

  --size N     user agents of the flood (default 100000)
  --honest N   people of each group (default 500)
  --help       show this help

Needs Linux, where every address in 127.0.0.0/8 is this machine.

Exits 0 when every number was right, 1 otherwise.`;

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100000' },
    honest: { type: 'string', default: '500' },
    help: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const readCount = (name: 'size' | 'honest'): number => {
  const text = values[name];
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new RangeError(`--${name} must be a whole number, but it is "${text}"`);
};

const run = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-flood-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
  const plan = { size: readCount('size'), honest: readCount('honest'), folder, print };
  const wrong = [...(await runLimited(plan)), ...(await runRetracted(plan))];
  print(wrong.length === 0 ? 'Every number is right.' : ['WRONG:', ...wrong].join('\n'));
  process.exitCode = wrong.length === 0 ? 0 : 1;
};

if (values.help) print(HELP);
else await run();
